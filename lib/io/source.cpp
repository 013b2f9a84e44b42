#include <lindi/io/source.hpp>

#include <algorithm>

namespace lindi::io {

void check_answers(std::vector<byte_range> const& wave, answers& got)
{
    auto const wrong = [](byte_range asked) {
        return error(
            errc::io,
            asked.offset,
            "file",
            "other bytes than the " + std::to_string(asked.size) + " asked for"
        );
    };
    got.resize(std::min(got.size(), wave.size()), block{});
    for (std::size_t i = 0; i < got.size(); ++i)
        if (got[i] && (got[i]->view.at != wave[i].offset || got[i]->view.size() != wave[i].size))
            got[i] = wrong(wave[i]);
    for (std::size_t i = got.size(); i < wave.size(); ++i)
        got.emplace_back(wrong(wave[i]));
}

}  // namespace lindi::io
