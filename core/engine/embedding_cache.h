#pragma once

#include "core/base/disk_cache.h"

#include <torch/torch.h>

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace finebrush {

/// Image embeddings by key: a few in memory, more in a folder that is never larger than told. The folder is a
/// convenience: where it cannot be used, or holds what cannot be read, embeddings are made again. Several
/// processes may share it.
class EmbeddingCache {
  public:
    static constexpr size_t kKeptInMemory = 8;
    static constexpr uint64_t kLargestFolder = uint64_t{512} << 20;  // bytes; a view of LiteMedSAM has 4 MiB

    /// An empty folder: memory only. `largestFolder` in bytes.
    explicit EmbeddingCache(std::filesystem::path folder, uint64_t largestFolder = kLargestFolder)
        : files_(makeFiles(std::move(folder), largestFolder)) {}

    /// The embedding of a key, a plain file name; nothing where there is none of this shape.
    std::optional<torch::Tensor> find(const std::string& key, const std::vector<int64_t>& shape);
    /// Keeps a float tensor on the CPU; what was not used for longest goes.
    void keep(const std::string& key, const torch::Tensor& embedding);

  private:
    static DiskCache makeFiles(std::filesystem::path folder, uint64_t largest) {
        return {std::move(folder), ".safetensors", largest};
    }
    void remember(const std::string& key, const torch::Tensor& embedding);

    DiskCache files_;
    std::deque<std::pair<std::string, torch::Tensor>> recent_;  ///< used last first
};

}  // namespace finebrush
