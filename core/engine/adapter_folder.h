#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"
#include "core/training/checkpoint/request_fingerprint.h"

#include <filesystem>
#include <vector>

namespace finebrush {

/// Reads all files of an adapter's folder. The path of a file stands for an AutoGluon checkpoint, whatever
/// its name, and the `config.yaml` beside it. Errors: those of `filesIn` and `readFile`.
Result<messages::AdapterFiles> readAdapterFolder(const std::filesystem::path& path);

/// The level of detail that an adapter was taught at, where it was taught on parts of large images; else 0.
int levelOf(const messages::AdapterFiles& adapter);
/// Notes it in the adapter, where some of the images that taught it are such parts.
void noteLevel(messages::AdapterFiles& adapter, const std::vector<messages::LabelledImage>& images);

/// What an adapter was asked for, where that was noted in it; else empty.
training::RequestFingerprint requestOf(const messages::AdapterFiles& adapter);
void noteRequest(messages::AdapterFiles& adapter, const training::RequestFingerprint& request);

/// Writes the files as `writeTogether`, and removes what only an adapter of another method has.
/// Errors: those of `makeFolder` and `writeTogether`.
Result<void> writeAdapterFolder(const std::filesystem::path& folder, const messages::AdapterFiles& files);

}  // namespace finebrush
