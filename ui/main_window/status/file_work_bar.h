#pragma once

#include "core/session/session_events.h"
#include "ui/main_window/status/work_bar.h"

namespace finebrush {

class SessionBridge;

/// Says that files are exported or imported.
class FileWorkBar : public WorkBar {
    Q_OBJECT

  public:
    explicit FileWorkBar(SessionBridge& bridge, QWidget* parent = nullptr);

  protected:
    Texts texts() const override;

  private:
    FileWork work_;
};

}  // namespace finebrush
