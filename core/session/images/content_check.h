#pragma once

#include "core/project/project_contents.h"
#include "core/session/owner_thread.h"
#include "core/session/worker.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>

namespace finebrush {

/// Finds out in the background whether files still hold what was labelled. A file is read once, and again
/// only where its length or its time has changed. Owner's thread.
class ContentCheck {
  public:
    /// Called on the owner's thread after a file was read.
    using Checked = std::function<void(const std::filesystem::path& file, bool isSame)>;

    ContentCheck(OwnerThread::Post post, Checked checked);

    /// The file of an image was read for its fingerprint just now.
    void trust(const ImageRecord& record);
    /// Looks at the file of an image; ends in `Checked` where it has to be read.
    void check(const ImageRecord& record);
    /// Begins anew, with another project; what is looked at no longer counts.
    void forget();

  private:
    /// Tells a file that was written anew from one that was not.
    struct FileState {
        uint64_t bytes = 0;
        std::filesystem::file_time_type time;
        bool operator==(const FileState&) const = default;
    };
    struct Outcome {
        FileState state;
        bool wasRead = false;
        bool isSame = true;
    };
    static Outcome look(const ImageRecord& record, bool isTrusted, const FileState& known,
                        const std::stop_token& stop);

    Checked checked_;
    std::map<std::filesystem::path, FileState> known_;
    std::set<std::filesystem::path> trusted_;
    std::set<std::filesystem::path> running_;
    std::shared_ptr<std::atomic<uint64_t>> generation_ = std::make_shared<std::atomic<uint64_t>>(0);
    Worker reader_;  // its own: a file may be long, and nobody waits for this
};

}  // namespace finebrush
