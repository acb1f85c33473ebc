#include "core/engine/embedding_cache.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/checkpoint/safetensors_file.h"

#include <algorithm>

namespace finebrush {

namespace {

namespace fs = std::filesystem;

constexpr char kTensorName[] = "embedding";

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
    if (files_.isOff()) return std::nullopt;
    const fs::path file = files_.fileOf(key);
    std::error_code problem;
    if (!fs::exists(file, problem)) return std::nullopt;
    const std::optional<torch::Tensor> embedding = readEmbedding(file, shape);
    if (!embedding) return std::nullopt;
    DiskCache::touch(file);
    remember(key, *embedding);
    return embedding;
}

void EmbeddingCache::keep(const std::string& key, const torch::Tensor& embedding) {
    remember(key, embedding);
    if (files_.isOff()) return;
    NamedTensors named;
    named.tensors.insert(kTensorName, embedding);
    const std::vector<uint8_t> bytes = encodeSafetensors(named);
    if (bytes.size() > files_.largest()) return;
    Result<void> written = makeFolder(files_.folder());
    if (written) written = writeFileAtomically(files_.fileOf(key), bytes);
    if (!written) {
        logWarning("embeddings are not kept on the disk: " + describe(written.error()));
        files_ = makeFiles({}, 0);
        return;
    }
    files_.trim();
}

void EmbeddingCache::remember(const std::string& key, const torch::Tensor& embedding) {
    recent_.emplace_front(key, embedding);
    if (recent_.size() > kKeptInMemory) recent_.pop_back();
}

}  // namespace finebrush
