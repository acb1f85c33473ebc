#include "ui/main_window/status/label_work_bar.h"

#include "core/session/session.h"
#include "ui/bridge/session_bridge.h"

namespace finebrush {

LabelWorkBar::LabelWorkBar(SessionBridge& bridge, QWidget* parent)
    : WorkBar(
          QStringLiteral("LabelWorkBar"), QStringLiteral("LabelWork"),
          [&bridge] { bridge.session().cancelLabelWork(); }, parent) {
    connect(&bridge, &SessionBridge::labelWorkChanged, this,
            [this](const LabelWork& work) { setRunning(work.isRunning); });
    retranslate();
}

WorkBar::Texts LabelWorkBar::texts() const {
    return {tr("Changing labels"),
            tr("This edit looks at many pixels; you can go on painting, and what you paint stays"),
            tr("Stop changing labels"), tr("Stop; the labels stay as they are")};
}

}  // namespace finebrush
