/// \file
/// What a bulk job has done, on disk: killed at any moment, it has lost at most what was in work.

#pragma once

#include <lindi/bulk/records.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace lindi::bulk {

/// One LMDB database, of one process at a time. Safe for all its threads.
class journal {
public:
    /// \param is_new  make it when it is missing
    /// \return the journal; errc::io: another process has it, or it is none, or damaged;
    ///   errc::not_found
    static result<std::shared_ptr<journal>> open(std::string const& folder, bool is_new = true);

    ~journal();
    journal(journal const&) = delete;
    journal& operator=(journal const&) = delete;

    std::optional<blob_record> blob(std::string const& key) const;
    std::optional<asset_record> asset(std::string const& key) const;
    /// A text that was kept under a name.
    std::optional<std::string> fact(std::string const& name) const;

    /// In byte order of the keys. \param take  must not change the journal
    void each_blob(std::function<void(std::string const& key, blob_record record)> const& take
    ) const;
    void each_asset(std::function<void(std::string const& key, asset_record record)> const& take
    ) const;

    /// What happens in one transaction.
    class changes {
    public:
        virtual void put(std::string const& key, blob_record const& record) = 0;
        virtual void put(std::string const& key, asset_record const& record) = 0;
        virtual void put_fact(std::string const& name, std::string const& value) = 0;
        /// As it is now.
        virtual std::optional<asset_record> asset(std::string const& key) = 0;
        virtual std::optional<blob_record> blob(std::string const& key) = 0;

    protected:
        ~changes() = default;
    };
    /// All or nothing. \return errc::io
    result<void> change(std::function<void(changes&)> const& make);

private:
    class state;
    explicit journal(std::unique_ptr<state> made);

    std::unique_ptr<state> state_;
};

}  // namespace lindi::bulk
