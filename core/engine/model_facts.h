#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"
#include "core/sam/sam.h"

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>

namespace finebrush {

/// What is known of a network that was loaded from a file; its speed is not measured.
messages::ModelInfo factsOf(const sam::Sam& network, const std::filesystem::path& file);

/// Seconds that the image encoder takes for one view on its device and as many threads as are used now.
/// Blocks as long, or twice that.
double secondsPerView(sam::Sam& network);

/// The measured speeds of models on this machine, by the SHA-256 of the file, device and threads; kept in a
/// file, so that each is measured once. Where that cannot be read or written, they are measured again.
class ModelSpeeds {
  public:
    /// An empty path: memory only.
    explicit ModelSpeeds(std::filesystem::path file);

    /// Measures where nothing is known.
    double of(sam::Sam& network);
    /// 0 where nothing is known.
    double known(const sam::Sam& network) const;

  private:
    void save() const;

    std::filesystem::path file_;
    std::map<std::string, double> seconds_;
};

/// `finebrush/models/speeds.json` in the person's cache folder; empty where there is none.
std::filesystem::path modelSpeedsFile();

}  // namespace finebrush
