/// \file
/// Where indexes go: a folder, or a bucket of a store like S3.

#pragma once

#include <lindi/core/error.hpp>
#include <lindi/dandi/asset.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lindi::net {
class client_thread;
}

namespace lindi::bulk {

/// What was under a key when somebody looked.
struct seen_output {
    bool is_known = false;  ///< else anything that is there may be written over
    std::string etag{};     ///< empty: nothing was there
};

/// Files by keys with '/' in them. A key is there in full or not at all. Safe for all threads;
/// errors of its own kind, whatever failed.
class output_store {
public:
    virtual ~output_store() = default;

    /// What is there now, so that writing finds out when somebody else wrote since. Not known
    /// where nobody else writes.
    virtual result<seen_output> look(std::string const& key) = 0;
    /// Puts a local file under a key, in the place of what was seen there. The file is used up.
    /// \return or std::errc::file_exists: it is not as it was seen
    virtual result<void>
    put_file(std::string const& key, std::string const& path, seen_output const& over) = 0;
    virtual result<void>
    put_text(std::string const& key, std::string_view text, seen_output const& over) = 0;
    /// \return its size; errc::not_found
    virtual result<std::uint64_t> size_of(std::string const& key) = 0;
    /// Writes what is under a key to a new local file. \return or errc::not_found
    virtual result<void> get(std::string const& key, std::string const& path) = 0;
};

/// \param folder  made when the first file is put into it
std::unique_ptr<output_store> folder_output(std::string folder);

struct bucket_options {
    /// Objects are compressed, and say so (Content-Encoding: gzip): browsers unpack them, Python
    /// lindi does not.
    bool packed = false;
    /// Writes are conditional (If-Match, If-None-Match), which not every store knows.
    bool conditional = true;
};

/// \param base  "s3://bucket/prefix" or "s3://bucket"
std::unique_ptr<output_store>
bucket_output(std::shared_ptr<net::client_thread> through, std::string base, bucket_options how);

/// Keys of the outputs of one asset.
class output_layout {
public:
    /// \param text  with {instance}, {dandiset}, {asset}, {version}, {path} and {name} (the last
    ///   part of the path, without .nwb); it must tell assets from one another
    /// \return errc::bad_value
    static result<output_layout> parse(std::string text, std::string instance);

    /// "dandi/dandisets/000003/assets/ID/nwb.lindi.json", the layout that Neurosift reads, for
    /// assets of an archive; else "PATH.lindi.json".
    static output_layout usual(std::string instance);

    std::string document(dandi::asset const& one) const;
    /// Beside the document; empty: there is none.
    std::string info(dandi::asset const& one) const;

private:
    output_layout(std::string text, std::string instance)
        : text_(std::move(text)), instance_(std::move(instance))
    {}

    std::string text_;  ///< empty: the usual one
    std::string instance_;
};

}  // namespace lindi::bulk
