#include <lindi/io/plan_requests.hpp>

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::vector<lindi::io::byte_range> wave;
    for (std::size_t i = 0; i + 4 <= size; i += 4)
        wave.push_back(
            {data[i] * std::uint64_t{256} + data[i + 1],
             data[i + 2] * std::uint64_t{16} + data[i + 3]}
        );
    lindi::io::plan_options options;
    options.merge_gap = size == 0 ? 0 : data[0];
    options.longest_run = 4096;
    options.part = 1000;
    auto const plan = lindi::io::plan_requests(wave, options);
    for (std::size_t i = 0; i < wave.size(); ++i) {
        if (wave[i].size == 0)
            continue;
        auto const run = plan.runs.at(plan.run_of_range[i]);
        if (wave[i].offset < run.bytes.offset || wave[i].end() > run.bytes.end())
            std::abort();
        // The parts of a run follow on each other and cover it.
        auto at = run.bytes.offset;
        for (auto p = run.first_part; p < run.first_part + run.part_count; ++p) {
            if (plan.parts.at(p).offset != at)
                std::abort();
            at = plan.parts[p].end();
        }
        if (at != run.bytes.end())
            std::abort();
    }
    return 0;
}
