#include "core/session/engine/model_list.h"

#include <algorithm>
#include <utility>

namespace finebrush {

void ModelList::setFiles(const std::vector<std::string>& files) {
    std::vector<ModelEntry> entries = {*find({})};
    for (const std::string& file : files) {
        const ModelEntry* known = find(file);
        if (!file.empty()) entries.push_back(known ? *known : ModelEntry{file, {}, {}});
    }
    entries_ = std::move(entries);
    emit_(ModelsChanged{});
}

std::vector<std::string> ModelList::unknown() const {
    std::vector<std::string> files;
    for (const ModelEntry& entry : entries_) {
        if (!entry.info && !entry.refusal) files.push_back(entry.file);
    }
    return files;
}

void ModelList::on(const messages::ModelDescribed& described) {
    ModelEntry* entry = find(described.model.file);
    if (!entry) return;  // taken off the list meanwhile
    entry->info = described.model;
    entry->refusal.reset();
    emit_(ModelsChanged{});
}

void ModelList::on(const messages::ModelRefused& refused) {
    ModelEntry* entry = find(refused.file);
    if (!entry) return;
    entry->info.reset();
    entry->refusal = refused.error;
    emit_(Notice{refused.error});
    emit_(ModelsChanged{});
}

ModelEntry* ModelList::find(const std::string& file) {
    const auto found = std::ranges::find(entries_, file, &ModelEntry::file);
    return found == entries_.end() ? nullptr : &*found;
}

}  // namespace finebrush
