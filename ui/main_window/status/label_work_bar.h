#pragma once

#include "ui/main_window/status/work_bar.h"

namespace finebrush {

class SessionBridge;

/// Says that an edit of labels is being worked out.
class LabelWorkBar : public WorkBar {
    Q_OBJECT

  public:
    explicit LabelWorkBar(SessionBridge& bridge, QWidget* parent = nullptr);

  protected:
    Texts texts() const override;
};

}  // namespace finebrush
