#pragma once

#include "core/messages/messages.h"

namespace finebrush {

/// What long work reports to and asks, between tiles and steps, on the thread that works.
class WorkMonitor {
  public:
    virtual ~WorkMonitor() = default;
    /// `fraction` of the whole job, 0..1.
    virtual void progressed(messages::Stage stage, double fraction) = 0;
    /// True once the person has asked to stop. May serve other requests before it returns.
    virtual bool shouldStop() = 0;
};

/// For work that nobody watches.
class SilentMonitor : public WorkMonitor {
  public:
    void progressed(messages::Stage, double) override {}
    bool shouldStop() override { return false; }
};

}  // namespace finebrush
