#pragma once

#include "core/session/change_events.h"
#include "core/session/current_project.h"
#include "core/session/images/image_shelf.h"
#include "core/session/labels/label_imports.h"
#include "core/session/labels/label_reviser.h"
#include "core/session/session_events.h"
#include "core/session/stoppable_jobs.h"
#include "core/session/worker.h"

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace finebrush {

/// Brings labels and class lists of other programs into the project of now. Files are read on a worker.
/// Owner's thread.
class LabelImporter {
  public:
    LabelImporter(CurrentProject& current, ImageShelf& shelf, Worker& jobs, StoppableJobs& stoppable,
                  LabelReviser& reviser, ChangeEvents events)
        : current_(current),
          shelf_(shelf),
          jobs_(jobs),
          stoppable_(stoppable),
          reviser_(reviser),
          events_(std::move(events)) {}

    /// What new classes are called that a file gives no name. At first in English.
    void setNaming(ClassNaming naming) { naming_ = std::move(naming); }
    const ClassNaming& naming() const { return naming_; }
    void importLabels(const std::vector<std::filesystem::path>& paths, MergeOver over);
    void importClasses(const std::filesystem::path& file);
    void exportClasses(const std::filesystem::path& file);

  private:
    void apply(const std::shared_ptr<const ReadLabels>& read, const std::vector<ImageId>& ids,
               MergeOver over);
    void tell(const PlannedImport& imported);

    CurrentProject& current_;
    ImageShelf& shelf_;
    Worker& jobs_;
    StoppableJobs& stoppable_;
    LabelReviser& reviser_;
    ChangeEvents events_;
    ClassNaming naming_;
};

}  // namespace finebrush
