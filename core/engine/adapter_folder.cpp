#include "core/engine/adapter_folder.h"

#include "core/base/cell_grid.h"
#include "core/base/files.h"
#include "core/base/unfinished_file.h"
#include "core/messages/adapter_extras.h"
#include "core/peft/files/adapter_config.h"
#include "core/peft/files/foreign_adapter.h"
#include "core/peft/files/python_loader.h"
#include "core/peft/files/stored_adapter.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace finebrush {

namespace {

Result<messages::AdapterFiles> readAutoGluonFiles(const std::filesystem::path& checkpoint) {
    auto tensors = readFile(checkpoint);
    if (!tensors) return failure(tensors.error());
    messages::AdapterFiles adapter;
    adapter[peft::kAutoGluonFile] = std::move(*tensors);
    auto config = readFile(checkpoint.parent_path() / peft::kAutoGluonConfig);
    if (config) adapter[peft::kAutoGluonConfig] = std::move(*config);
    return adapter;
}

constexpr char kLevel[] = "level";
constexpr char kRequest[] = "request";
constexpr int kMostLevels = 30;

}  // namespace

Result<messages::AdapterFiles> readAdapterFolder(const std::filesystem::path& path) {
    std::error_code problem;
    if (std::filesystem::is_regular_file(path, problem)) return readAutoGluonFiles(path);
    const auto files = filesIn(path);
    if (!files) return failure(files.error());
    messages::AdapterFiles adapter;
    for (const std::filesystem::path& file : *files) {
        auto bytes = readFile(file);
        if (!bytes) return failure(bytes.error());
        adapter[utf8(file.filename())] = std::move(*bytes);
    }
    return adapter;
}

int levelOf(const messages::AdapterFiles& adapter) {
    nlohmann::ordered_json config = messages::configIn(adapter);
    const nlohmann::ordered_json* extras = messages::extrasIn(config);
    if (!extras || !extras->contains(kLevel)) return 0;
    const nlohmann::ordered_json& level = (*extras)[kLevel];
    return level.is_number_integer() ? std::clamp(level.get<int>(), 0, kMostLevels) : 0;
}

void noteLevel(messages::AdapterFiles& adapter, const std::vector<messages::LabelledImage>& images) {
    int level = 0;
    for (const messages::LabelledImage& image : images) {
        if (const auto part = cellFromId(image.imageId)) level = std::max(level, part->cell.level);
    }
    if (level > 0) messages::noteExtra(adapter, kLevel, level);
}

training::RequestFingerprint requestOf(const messages::AdapterFiles& adapter) {
    nlohmann::ordered_json config = messages::configIn(adapter);
    const nlohmann::ordered_json* extras = messages::extrasIn(config);
    if (!extras || !extras->contains(kRequest)) return {};
    training::RequestFingerprint request;
    for (const auto& [part, digest] : extras->at(kRequest).items()) {
        if (digest.is_string()) request[part] = digest.get<std::string>();
    }
    return request;
}

void noteRequest(messages::AdapterFiles& adapter, const training::RequestFingerprint& request) {
    messages::noteExtra(adapter, kRequest, request);
}

Result<void> writeAdapterFolder(const std::filesystem::path& folder, const messages::AdapterFiles& files) {
    if (const auto made = makeFolder(folder); !made) return made;
    if (const auto written = writeTogether(folder, files); !written) return written;
    std::error_code ignored;
    for (const char* name : {peft::kPythonLoaderFile, peft::kHeadTensorsFile}) {
        if (!files.contains(name)) std::filesystem::remove(folder / name, ignored);  // of another method
    }
    return {};
}

}  // namespace finebrush
