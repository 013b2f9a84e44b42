#include "member_names.hpp"
#include "open.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/io/segmented_source.hpp>
#include <lindi/node/file.hpp>
#include <lindi/node/members.hpp>

#include <algorithm>

namespace lindi::node {
namespace {

constexpr char const* structure = "members";

/// What the first member says of the whole.
struct first_member {
    std::shared_ptr<io::source> source;
    std::string name;
    hdf5::superblock superblock;
    std::optional<hdf5::driver_info> driver;

    bool is_family() const { return driver && driver->name == "NCSAfami"; }
    bool is_multi() const { return driver && driver->name == "NCSAmult"; }
    bool is_short() const
    {
        return superblock.end_of_file != hdf5::undefined_address &&
               superblock.end_of_file > source->size();
    }
};

bool is_missing(error const& e)
{
    return e.code() == errc::not_found;
}

/// Members are added with the address where they belong.
class joining {
public:
    joining(first_member const& first, io::file_set& beside, limits const& max)
        : first_(&first), beside_(&beside), left_(max.other_files)
    {}

    result<std::shared_ptr<io::source>> open(std::string const& name)
    {
        if (left_ == 0)
            return error(
                errc::too_large, error::nowhere, structure, "limit on other files, one for each"
            );
        --left_;
        return beside_->open(name);
    }

    void add(std::uint64_t begin, std::uint64_t size, std::shared_ptr<io::source> from)
    {
        size = std::min(size, from->size());
        if (size != 0)
            segments_.push_back({begin, size, std::move(from), 0});
    }

    void note(error problem) { problems_.push_back(std::move(problem)); }

    joined_members finish()
    {
        auto whole =
            std::make_unique<io::segmented_source>(first_->source->name(), std::move(segments_));
        return {std::move(whole), std::move(problems_)};
    }

private:
    first_member const* first_;
    io::file_set* beside_;
    std::uint64_t left_;
    std::vector<io::segment> segments_;
    std::vector<error> problems_;
};

/// The superblock and what goes with it; none when that is damaged or not there.
std::optional<first_member>
look_at(std::shared_ptr<io::source> source, std::string const& name, limits const& max)
{
    budget costs(max);
    io::reader reader(*source, costs);
    codec::registry const no_filters;
    file f(reader, no_filters);
    if (!reader.run(open_file(f)))
        return std::nullopt;
    auto& info = f.contents.file;
    return first_member{std::move(source), name, info.superblock, std::move(info.driver)};
}

result<joined_members> join_multi(first_member const& first, std::string stem, joining work)
{
    auto const members = hdf5::decode_multi_info(*first.driver);
    if (!members)
        return members.error();
    if (members->empty() || members->front().begin != 0)
        return error(errc::bad_value, 0, structure, "none of them has the superblock");
    if (stem.empty()) {
        auto found = stem_of(first.name, members->front().name);
        if (!found)
            return error(
                errc::bad_value,
                0,
                structure,
                "the file should have a name like " + members->front().name +
                    "; say what %s stands for"
            );
        stem = std::move(*found);
    }
    work.add(0, members->front().size, first.source);
    for (auto member = std::next(members->begin()); member != members->end(); ++member) {
        auto const name = name_of_stem(member->name, stem);
        if (!name)
            return name.error();
        if (member->size == 0)
            continue;
        auto source = work.open(*name);
        if (source)
            work.add(member->begin, member->size, std::move(*source));
        else if (is_missing(source.error()))
            work.note(source.error());
        else
            return source.error();
    }
    return work.finish();
}

bool has_superblock(io::source& member)
{
    auto const size = std::min<std::uint64_t>(member.size(), hdf5::format_signature.size());
    bool found = false;
    member.fetch({{0, size}}, [&](io::answers got) {
        found = got[0] && as_text(got[0]->view.bytes) == hdf5::format_signature;
    });
    return found;
}

/// No members; a problem if there may be some.
joined_members none_because(error const& e)
{
    joined_members out;
    if (!is_missing(e))
        out.problems.push_back(e);
    return out;
}

/// \param guessed  the names are only likely to be those of members
/// \return no source when they are not
result<joined_members>
join_family(first_member const& first, counted_name const& names, bool guessed, joining work)
{
    auto member_size = first.source->size();
    if (first.is_family()) {
        auto const stored = hdf5::decode_family_info(*first.driver);
        if (!stored)
            return stored.error();
        member_size = *stored;
    }
    work.add(0, member_size, first.source);
    auto const end = first.superblock.end_of_file;
    for (std::uint64_t number = 1;; ++number) {
        auto const begin = checked_multiply(number, member_size);
        if (!begin || !checked_add(*begin, member_size) || *begin >= end)
            return work.finish();
        auto source = work.open(names(number));
        if (!source && number == 1 && guessed)
            return none_because(source.error());
        if (!source && !is_missing(source.error()))
            return source.error();
        if (!source)
            return work.finish();
        if (guessed && has_superblock(**source))
            return joined_members{};
        work.add(*begin, member_size, std::move(*source));
    }
}

result<joined_members> guess_family(first_member const& first, joining const& work)
{
    joined_members out;
    for (auto const& names : counted_name::guesses(first.name)) {
        auto joined = join_family(first, names, true, work);
        if (!joined || joined->source)
            return joined;
        out.problems.insert(out.problems.end(), joined->problems.begin(), joined->problems.end());
    }
    return out;
}

}  // namespace

result<joined_members> join_members(
    std::shared_ptr<io::source> first,
    std::string const& name,
    std::string const& pattern,
    io::file_set& beside,
    limits const& max
)
{
    auto const seen = look_at(std::move(first), name, max);
    if (!seen)
        return joined_members{};
    joining work(*seen, beside, max);
    if (seen->is_multi())
        return join_multi(*seen, pattern, std::move(work));
    if (pattern.empty())
        return seen->is_family() || seen->is_short() ? guess_family(*seen, work)
                                                     : result<joined_members>(joined_members{});
    auto const names = counted_name::parse(pattern);
    if (!names)
        return names.error();
    if ((*names)(0) != name)
        return error(
            errc::bad_value, error::nowhere, structure, "the first of them is not this file"
        );
    return join_family(*seen, *names, false, std::move(work));
}

}  // namespace lindi::node
