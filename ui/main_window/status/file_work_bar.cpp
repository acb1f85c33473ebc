#include "ui/main_window/status/file_work_bar.h"

#include "core/session/session.h"
#include "ui/bridge/session_bridge.h"

namespace finebrush {

FileWorkBar::FileWorkBar(SessionBridge& bridge, QWidget* parent)
    : WorkBar(
          QStringLiteral("FileWorkBar"), QStringLiteral("FileWork"),
          [&bridge] { bridge.session().stopFileWork(); }, parent) {
    connect(&bridge, &SessionBridge::fileWorkChanged, this, [this](const FileWork& work) {
        work_ = work;
        setRunning(work.isExporting || work.isImporting);
        retranslate();
    });
    retranslate();
}

WorkBar::Texts FileWorkBar::texts() const {
    const bool isImport = work_.isImporting && !work_.isExporting;
    return {isImport ? tr("Importing…") : tr("Exporting…"),
            tr("Files are read or written; an export waits for labels that are still being changed. You can "
               "go on working"),
            isImport ? tr("Stop importing") : tr("Stop exporting"),
            isImport ? tr("Stop; nothing is imported")
                     : tr("Stop; files that are whole stay, and none is left unfinished")};
}

}  // namespace finebrush
