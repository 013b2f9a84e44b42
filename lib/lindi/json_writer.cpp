#include <lindi/lindi/json_writer.hpp>

namespace lindi::rfs {

namespace {

constexpr std::size_t block = 128 * 1024;

}  // namespace

json_writer::json_writer(text_sink sink, std::uint64_t max_bytes)
    : sink_(std::move(sink)), max_bytes_(max_bytes), buffer_(block)
{}

void json_writer::open_object()
{
    write("{");
    first_member_ = true;
}

void json_writer::close_object()
{
    write("\n}");
    first_member_ = false;
}

void json_writer::begin_member(std::string_view key, std::string_view more)
{
    begin_key();
    write(key);
    write(more);
    write("\": ");
}

void json_writer::write_slowly(std::string_view text)
{
    flush();
    if (text.size() >= buffer_.size())
        return send(text);
    text.copy(buffer_.data(), text.size());
    used_ = text.size();
}

void json_writer::flush()
{
    send({buffer_.data(), used_});
    used_ = 0;
}

void json_writer::spend(std::uint64_t count)
{
    if (!status_)
        return;
    if (count > max_bytes_ - spent_)
        status_ = error(
            errc::too_large,
            error::nowhere,
            "LINDI file",
            "more than output_bytes, " + std::to_string(max_bytes_)
        );
    else
        spent_ += count;
}

void json_writer::send(std::string_view text)
{
    spend(text.size());
    if (!status_ || text.empty())
        return;
    sent_ += text.size();
    status_ = sink_(text);
}

result<void> json_writer::finish()
{
    flush();
    return status_;
}

}  // namespace lindi::rfs
