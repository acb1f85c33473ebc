#include "core/project/edits/edit_plan.h"

namespace finebrush {

int64_t EditPlan::tiles() const {
    int64_t tiles = 0;
    for (const Labels& change : labels) tiles += change.revision.tiles();
    return tiles;
}

Result<void> EditPlan::workOut(const std::stop_token& stop) {
    for (Labels& change : labels) {
        if (stop.stop_requested()) return {};
        const Result<void> worked = change.revision.workOut(stop);
        if (!worked) return failure(worked.error());
    }
    return {};
}

}  // namespace finebrush
