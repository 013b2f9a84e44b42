// Replays committed inputs through a fuzz target, where no fuzzing engine is linked: the targets
// stay tests.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

int main(int argc, char** argv)
{
    std::size_t count = 0;
    for (int i = 1; i < argc; ++i) {
        for (auto const& entry : std::filesystem::directory_iterator(argv[i])) {
            std::ifstream file(entry.path(), std::ios::binary);
            std::vector<char> const input{std::istreambuf_iterator<char>(file), {}};
            // Every seed, and every seed cut short.
            for (std::size_t const size : {input.size(), input.size() / 2, input.size() / 3})
                LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(input.data()), size);
            ++count;
        }
    }
    std::printf("%zu inputs\n", count);
    return count == 0 ? 1 : 0;  // a target without seeds tests nothing
}
