#include "core/session/engine/adapter_reader.h"

#include "core/base/files.h"

#include <span>
#include <string>
#include <utility>

namespace finebrush {

namespace {

using FileNames = std::span<const char* const>;

constexpr char kAutoGluonFile[] = "model.ckpt";
constexpr const char* kOurFiles[] = {messages::kAdapterConfigFile, "adapter_model.safetensors",
                                     "head.safetensors", "load_conv_lora.py"};
constexpr const char* kAutoGluonFiles[] = {kAutoGluonFile, "config.yaml"};
constexpr uint64_t kMostBytes = uint64_t{1} << 30;  // of a file

bool isIn(const std::filesystem::path& folder, const char* name) {
    std::error_code problem;
    return std::filesystem::exists(folder / name, problem);
}

bool isAutoGluons(const std::filesystem::path& folder) {
    return !isIn(folder, messages::kAdapterConfigFile) && isIn(folder, kAutoGluonFile);
}

/// Those of the files that are there.
Result<messages::AdapterFiles> readThose(const std::filesystem::path& folder, FileNames names) {
    messages::AdapterFiles files;
    for (const char* name : names) {
        if (!isIn(folder, name)) continue;
        auto bytes = readFile(folder / name, kMostBytes);
        if (!bytes) return failure(bytes.error());
        files[name] = std::move(*bytes);
    }
    return files;
}

}  // namespace

Result<messages::AdapterFiles> readAdapterFiles(const std::filesystem::path& folder) {
    if (isAutoGluons(folder)) return readThose(folder, kAutoGluonFiles);
    if (!isIn(folder, messages::kAdapterConfigFile))
        return failure(ErrorCode::AdapterMalformed,
                       {utf8(folder), std::string(messages::kAdapterConfigFile) + " is not there"});
    return readThose(folder, kOurFiles);
}

Result<messages::AdapterConfig> readAdapterConfigIn(const std::filesystem::path& folder) {
    if (isAutoGluons(folder)) {
        messages::AdapterConfig config;
        config.origin = messages::AdapterOrigin::AutoGluon;
        return config;
    }
    const auto files = readThose(folder, FileNames(kOurFiles).first(1));
    if (!files) return failure(files.error());
    return messages::readAdapterConfig(*files, utf8(folder));
}

}  // namespace finebrush
