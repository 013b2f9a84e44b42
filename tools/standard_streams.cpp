#include "standard_streams.hpp"

#include <cerrno>

#include <unistd.h>

namespace lindi::tools {

descriptor_stream::descriptor_stream(int descriptor) : std::ostream(nullptr), buffer_(descriptor)
{
    rdbuf(&buffer_);
}

descriptor_stream::buffer::buffer(int to) : descriptor(to)
{
    setp(bytes.data(), bytes.data() + bytes.size());
}

int descriptor_stream::buffer::overflow(int c)
{
    if (sync() != 0)
        return traits_type::eof();
    if (c != traits_type::eof())
        sputc(static_cast<char>(c));
    return 0;
}

int descriptor_stream::buffer::sync()
{
    for (char const* from = pbase(); failure == 0 && from < pptr();) {
        auto const wrote = ::write(descriptor, from, static_cast<std::size_t>(pptr() - from));
        if (wrote >= 0)
            from += wrote;
        else if (errno != EINTR)
            failure = errno;
    }
    setp(bytes.data(), bytes.data() + bytes.size());
    return failure == 0 ? 0 : -1;
}

}  // namespace lindi::tools
