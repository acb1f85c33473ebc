#include "ui/main_window/status/overview_bar.h"

#include "core/session/session.h"
#include "ui/bridge/session_bridge.h"

#include <QProgressBar>

#include <cmath>

namespace finebrush {

namespace {

constexpr int kSteps = 1000;

}  // namespace

OverviewBar::OverviewBar(SessionBridge& bridge, QWidget* parent)
    : WorkBar(
          QStringLiteral("OverviewBar"), QStringLiteral("Overviews"),
          [&bridge] { bridge.session().stopOverviews(); }, parent) {
    bar().setRange(0, kSteps);
    connect(&bridge, &SessionBridge::overviewProgressed, this, &OverviewBar::follow);
    retranslate();
}

void OverviewBar::follow(const OverviewProgress& progress) {
    bar().setValue(static_cast<int>(std::lround(progress.fraction * kSteps)));
    setRunning(progress.isRunning);
}

WorkBar::Texts OverviewBar::texts() const {
    return {tr("Making overviews"),
            tr("This large image is read once, so that it can be seen at every zoom; you can go on working"),
            tr("Stop making overviews"), tr("Stop; it begins again when the image is shown the next time")};
}

}  // namespace finebrush
