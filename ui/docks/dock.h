#pragma once

#include <QDockWidget>

namespace finebrush {

/// A dock that shows its texts anew when the language changes. `objectName` is also what the saved layout
/// knows it by.
class Dock : public QDockWidget {
    Q_OBJECT

  public:
    Dock(const QString& objectName, QWidget* parent);

  protected:
    void changeEvent(QEvent* event) override;
    virtual void retranslate() = 0;

  private:
    void nameTitleButtons();
};

}  // namespace finebrush
