#pragma once

#include "core/messages/messages.h"
#include "core/session/change_events.h"
#include "core/session/current_project.h"
#include "core/session/engine/engine_director.h"
#include "core/session/worker.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace finebrush {

/// Makes an adapter that was trained elsewhere the project's own: its classes are those of the project of the
/// same identity or name, and are added where there are none. Nothing changes before the engine has taken it.
/// Owner's thread.
class AdapterImporter {
  public:
    AdapterImporter(CurrentProject& current, EngineDirector& engine, Worker& jobs, ChangeEvents events)
        : current_(current), engine_(engine), jobs_(jobs), events_(std::move(events)) {}

    /// A folder that we or AutoGluon wrote. Ends in JobFinished or Notice.
    void importFrom(const std::filesystem::path& folder);

  private:
    using Files = std::shared_ptr<const messages::AdapterFiles>;

    void ask(const std::filesystem::path& folder, const Files& files);
    void take(const std::filesystem::path& folder, const Files& files,
              const std::vector<messages::ClassInfo>& classes);

    CurrentProject& current_;
    EngineDirector& engine_;
    Worker& jobs_;
    ChangeEvents events_;
};

}  // namespace finebrush
