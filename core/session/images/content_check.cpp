#include "core/session/images/content_check.h"

#include <system_error>
#include <utility>

namespace finebrush {

ContentCheck::ContentCheck(OwnerThread::Post post, Checked checked)
    : checked_(std::move(checked)), reader_(std::move(post)) {}

void ContentCheck::trust(const ImageRecord& record) {
    if (!known_.contains(record.path) && !running_.contains(record.path)) trusted_.insert(record.path);
}

void ContentCheck::check(const ImageRecord& record) {
    if (!running_.insert(record.path).second) return;
    const bool isTrusted = trusted_.erase(record.path) > 0;
    reader_.run<Outcome>(
        [record, isTrusted, known = known_[record.path], generation = generation_->load(),
         newest = generation_](const std::stop_token& stop) -> Result<Outcome> {
            if (*newest != generation) return Outcome{};
            return look(record, isTrusted, known, stop);
        },
        [this, path = record.path, generation = generation_->load()](const Result<Outcome>& outcome) {
            if (*generation_ != generation) return;
            running_.erase(path);
            if (!outcome) return;
            known_[path] = outcome->state;
            if (outcome->wasRead) checked_(path, outcome->isSame);
        });
}

void ContentCheck::forget() {
    ++*generation_;
    known_.clear();
    trusted_.clear();
    running_.clear();
}

ContentCheck::Outcome ContentCheck::look(const ImageRecord& record, bool isTrusted, const FileState& known,
                                         const std::stop_token& stop) {
    std::error_code noLength, noTime;
    const FileState state{std::filesystem::file_size(record.path, noLength),
                          std::filesystem::last_write_time(record.path, noTime)};
    if (noLength || noTime) return {};  // whoever opens it says why
    if (state == known) return {state};
    if (state.bytes != record.fingerprint.bytes) return {state, true, false};
    if (isTrusted) return {state};
    const Result<FileFingerprint> found = fingerprintOf(record.path, stop);
    if (!found || stop.stop_requested()) return {};
    return {state, true, *found == record.fingerprint};
}

}  // namespace finebrush
