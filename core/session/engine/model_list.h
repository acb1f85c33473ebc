#pragma once

#include "core/base/error.h"
#include "core/messages/messages.h"
#include "core/session/engine/model_entry.h"
#include "core/session/session_events.h"

#include <functional>
#include <string>
#include <vector>

namespace finebrush {

/// The networks that a person may choose: the engine's default, and files of the person's own, with what the
/// engine has said of them. Owner's thread.
class ModelList {
  public:
    explicit ModelList(std::function<void(const SessionEvent&)> emit) : emit_(std::move(emit)) {}

    /// Keeps what is known of files that stay. The default model, whose file is empty, is always there.
    void setFiles(const std::vector<std::string>& files);
    const std::vector<ModelEntry>& entries() const { return entries_; }
    /// The files of which the engine has said nothing yet.
    std::vector<std::string> unknown() const;

    void on(const messages::ModelDescribed& described);
    /// Also says so in a Notice.
    void on(const messages::ModelRefused& refused);

  private:
    ModelEntry* find(const std::string& file);

    std::function<void(const SessionEvent&)> emit_;
    std::vector<ModelEntry> entries_ = {ModelEntry{}};
};

}  // namespace finebrush
