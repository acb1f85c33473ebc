#pragma once

#include "ui/docks/elided_combo_box.h"

namespace finebrush {

class SessionBridge;

/// Chooses what edits by hand may paint over: everything, what has no label, or one class.
class PaintOverBox : public ElidedComboBox {
    Q_OBJECT

  public:
    explicit PaintOverBox(SessionBridge& bridge, QWidget* parent = nullptr);

    void retranslate();

  private:
    void refill();
    void showChoice();

    SessionBridge& bridge_;
};

}  // namespace finebrush
