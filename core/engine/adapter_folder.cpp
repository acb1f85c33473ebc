#include "core/engine/adapter_folder.h"

#include "core/base/files.h"
#include "core/peft/foreign_adapter.h"

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

Result<void> writeAdapterFolder(const std::filesystem::path& folder, const messages::AdapterFiles& files) {
    if (const auto made = makeFolder(folder); !made) return made;
    for (const auto& [name, bytes] : files) {
        if (const auto written = writeFileAtomically(folder / pathFromUtf8(name), bytes); !written)
            return written;
    }
    return {};
}

}  // namespace finebrush
