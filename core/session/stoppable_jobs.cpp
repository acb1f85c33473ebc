#include "core/session/stoppable_jobs.h"

#include <algorithm>

namespace finebrush {

void StoppableJobs::stop() {
    const Kind kind = goesOn(Kind::Export) ? Kind::Export : Kind::Import;
    for (Job& job : jobs_) {
        if (job.kind == kind) job.stop.request_stop();
    }
}

bool StoppableJobs::goesOn(Kind kind) const {
    return std::ranges::find(jobs_, kind, &Job::kind) != jobs_.end();
}

std::stop_source StoppableJobs::begin(Kind kind) {
    jobs_.push_back({kind, {}});
    const std::stop_source stop = jobs_.back().stop;
    say();
    return stop;
}

void StoppableJobs::end(const std::stop_source& stop) {
    std::erase_if(jobs_, [&](const Job& job) { return job.stop == stop; });
    say();
}

void StoppableJobs::say() {
    const FileWork work{goesOn(Kind::Export), goesOn(Kind::Import)};
    if (work == said_) return;
    said_ = work;
    emit_(work);
}

}  // namespace finebrush
