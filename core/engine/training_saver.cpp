#include "core/engine/training_saver.h"

#include "core/base/files.h"
#include "core/training/checkpoint/training_checkpoint.h"

#include <algorithm>
#include <utility>

namespace finebrush {

namespace {

/// Of the time, so much may be spent on saving.
constexpr double kSavingShare = 0.03;

}  // namespace

TrainingSaver::TrainingSaver(std::filesystem::path path, training::RequestFingerprint request,
                             Clock::duration interval)
    : path_(std::move(path)),
      request_(std::move(request)),
      interval_(interval),
      next_(Clock::now() + interval) {}

Result<std::optional<training::TrainingState>> TrainingSaver::load() const {
    removeTemporaryFiles(path_);
    const auto bytes = readFile(path_);
    if (!bytes && bytes.error().code == ErrorCode::FileMissing) return std::nullopt;
    if (!bytes) return failure(bytes.error());
    auto state = training::decodeCheckpoint(*bytes, request_, utf8(path_));
    if (!state) return failure(state.error());
    return std::move(*state);
}

Result<void> TrainingSaver::save(const training::TrainingState& state) {
    const Clock::time_point begin = Clock::now();
    Result<void> saved = makeFolder(path_.parent_path());
    if (saved) saved = writeFileAtomically(path_, training::encodeCheckpoint(state, request_));
    if (!saved) return failure(ErrorCode::TrainingNotSaved, {utf8(path_)}, describe(saved.error()));
    const auto pause = std::chrono::duration_cast<Clock::duration>((Clock::now() - begin) / kSavingShare);
    next_ = Clock::now() + std::max(interval_, pause);
    return {};
}

void removeCheckpoint(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    removeTemporaryFiles(path);
}

}  // namespace finebrush
