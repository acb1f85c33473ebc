#include "core/project/project_work.h"

#include "core/base/text.h"
#include "core/project/database/row_walk.h"
#include "core/project/recovery_folder.h"

#include <algorithm>
#include <string>

namespace finebrush {

bool holdsWork(const Project& project) {
    const auto isWorkedOn = [](const ProjectImage& image) {
        return image.labelledPixels() > 0 || image.record.display || image.record.review != ReviewState::Open;
    };
    return project.isPainting() || project.stepsInEffect() > 0 || project.canRedo() ||
           project.lastRun().has_value() || !project.setting(kAdaptationChoiceKey).empty() ||
           !project.setting(kCopiedFromKey).empty() || std::ranges::any_of(project.images(), isWorkedOn);
}

bool holdsWork(SQLite::Database& database) {
    std::string query =
        "SELECT EXISTS (SELECT 1 FROM edits) OR EXISTS (SELECT 1 FROM tiles) OR EXISTS (SELECT 1 FROM runs)"
        " OR EXISTS (SELECT 1 FROM predictions)"
        " OR EXISTS (SELECT 1 FROM settings WHERE key IN (?, ?) AND value <> '')";
    RowWalk walk(database, RowWalk::Damage::Refuse);
    for (const char* column : {"display", "review"}) {
        if (walk.hasColumn("images", column))
            query += formatted(" OR EXISTS (SELECT 1 FROM images WHERE %s <> '')", column);
    }
    SQLite::Statement work(database, query);
    work.bind(1, kAdaptationChoiceKey);
    work.bind(2, kCopiedFromKey);
    work.executeStep();
    return work.getColumn(0).getInt() != 0;
}

}  // namespace finebrush
