#pragma once

#include <QDockWidget>

class QLabel;
class QScrollArea;

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

    /// A text that wraps; the style sheet knows the role.
    static QLabel* makeLabel(const char* objectName, const char* role);
    /// Scrolls what is higher than its place, never sideways.
    static QScrollArea* makeScrollArea(QWidget* content);

  private:
    void nameTitleButtons();
};

}  // namespace finebrush
