#include "core/engine/embedding_cache.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/checkpoint/safetensors_file.h"

#include <algorithm>
#include <cstdlib>

namespace finebrush {

namespace {

namespace fs = std::filesystem;

constexpr char kTensorName[] = "embedding";
constexpr char kEnding[] = ".safetensors";

struct CachedFile {
    fs::path path;
    fs::file_time_type lastUse;
    uint64_t bytes = 0;
};

std::vector<CachedFile> cachedFiles(const fs::path& folder) {
    std::vector<CachedFile> files;
    std::error_code problem;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        std::error_code gone;  // another process trims as well
        if (entry->path().extension() != kEnding || !entry->is_regular_file(gone)) continue;
        const CachedFile file{entry->path(), entry->last_write_time(gone), entry->file_size(gone)};
        if (!gone) files.push_back(file);
    }
    return files;
}

bool isUsable(const torch::Tensor& embedding, const std::vector<int64_t>& shape) {
    return embedding.scalar_type() == torch::kFloat32 && embedding.sizes() == torch::IntArrayRef(shape) &&
           embedding.isfinite().all().item<bool>();
}

std::optional<torch::Tensor> readEmbedding(const fs::path& file, const std::vector<int64_t>& shape) {
    const auto bytes = readFile(file);
    if (!bytes) return std::nullopt;
    const auto named = readSafetensors(*bytes, utf8(file));
    const torch::Tensor* embedding = named ? named->tensors.find(kTensorName) : nullptr;
    if (!embedding || !isUsable(*embedding, shape)) {
        logWarning(utf8(file) + ": no usable embedding; it is made again");
        return std::nullopt;
    }
    return embedding->clone();
}

}  // namespace

std::optional<torch::Tensor> EmbeddingCache::find(const std::string& key, const std::vector<int64_t>& shape) {
    const auto kept =
        std::find_if(recent_.begin(), recent_.end(), [&](const auto& one) { return one.first == key; });
    if (kept != recent_.end()) {
        std::rotate(recent_.begin(), kept, kept + 1);
        return recent_.front().second;
    }
    if (folder_.empty()) return std::nullopt;
    const fs::path file = fileOf(key);
    std::error_code problem;
    if (!fs::exists(file, problem)) return std::nullopt;
    const std::optional<torch::Tensor> embedding = readEmbedding(file, shape);
    if (!embedding) return std::nullopt;
    fs::last_write_time(file, fs::file_time_type::clock::now(), problem);  // it is used
    remember(key, *embedding);
    return embedding;
}

void EmbeddingCache::keep(const std::string& key, const torch::Tensor& embedding) {
    remember(key, embedding);
    if (folder_.empty()) return;
    NamedTensors named;
    named.tensors.insert(kTensorName, embedding);
    const std::vector<uint8_t> bytes = encodeSafetensors(named);
    if (bytes.size() > largestFolder_) return;
    Result<void> written = makeFolder(folder_);
    if (written) written = writeFileAtomically(fileOf(key), bytes);
    if (!written) {
        logWarning("embeddings are not kept on the disk: " + describe(written.error()));
        folder_.clear();
        return;
    }
    trimFolder();
}

fs::path EmbeddingCache::fileOf(const std::string& key) const {
    return folder_ / pathFromUtf8(key + kEnding);
}

void EmbeddingCache::remember(const std::string& key, const torch::Tensor& embedding) {
    recent_.emplace_front(key, embedding);
    if (recent_.size() > kKeptInMemory) recent_.pop_back();
}

void EmbeddingCache::trimFolder() const {
    std::vector<CachedFile> files = cachedFiles(folder_);
    std::sort(files.begin(), files.end(),
              [](const CachedFile& one, const CachedFile& other) { return one.lastUse > other.lastUse; });
    uint64_t bytes = 0;
    for (const CachedFile& file : files) {
        bytes += file.bytes;
        std::error_code problem;
        if (bytes > largestFolder_) fs::remove(file.path, problem);
    }
}

fs::path embeddingFolder() {
    const char* cache = std::getenv("XDG_CACHE_HOME");
    if (cache && *cache) return fs::path(cache) / "finebrush/embeddings";
    const char* home = std::getenv("HOME");
    return home && *home ? fs::path(home) / ".cache/finebrush/embeddings" : fs::path();
}

}  // namespace finebrush
