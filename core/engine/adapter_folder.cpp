#include "core/engine/adapter_folder.h"

#include "core/base/files.h"

namespace finebrush {

Result<messages::AdapterFiles> readAdapterFolder(const std::filesystem::path& folder) {
    const auto files = filesIn(folder);
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
