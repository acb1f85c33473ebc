#pragma once

#include "core/base/result.h"
#include "core/engine/embedding_cache.h"
#include "core/inference/prompt_segmenter.h"
#include "core/messages/messages.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace finebrush {

/// Answers prompts with a network of its own, so that it may do so between the steps of a training, whose
/// adapter is plugged into the other one. Loaded with the first view. One thread.
class PromptServer {
  public:
    using Send = std::function<void(const messages::FromEngine&)>;

    /// `checkpoint` empty: the default one.
    PromptServer(Send send, std::filesystem::path checkpoint, EmbeddingCache cache)
        : send_(std::move(send)), checkpoint_(std::move(checkpoint)), cache_(std::move(cache)) {}

    /// Goes on with another network, or another size of what it sees, where it can take it; `checkpoint`
    /// empty: the default one; `inputSide` 0 px: as it was trained. Views of before are forgotten.
    void use(const std::filesystem::path& checkpoint, int inputSide = 0);
    void answer(const messages::EmbedView& request);
    void answer(const messages::PromptMasks& request);

  private:
    Result<void> embed(const messages::EmbedView& request);
    Result<messages::ProposedMasks> propose(const messages::PromptMasks& request);
    Result<void> load();

    Send send_;
    std::filesystem::path checkpoint_;
    EmbeddingCache cache_;
    int inputSide_ = 0;          ///< px; 0: as the network was trained
    sam::Sam network_{nullptr};  ///< of `checkpoint_`, once it is loaded
    std::unique_ptr<PromptSegmenter> segmenter_;
    std::string viewId_;
    std::optional<PromptView> view_;  ///< of the newest `EmbedView`
};

/// Names the embedding that a model (`PromptSegmenter::modelKey`) makes of a picture.
std::string embeddingKey(const PixelBuffer& pixels, const std::string& model);

}  // namespace finebrush
