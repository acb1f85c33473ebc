#pragma once

#include <QLabel>

namespace finebrush {

/// One line of text that takes whatever width is left, and ends in "…" where that is too little. The tool tip
/// tells all of it then.
class ElidedLabel : public QLabel {
    Q_OBJECT

  public:
    explicit ElidedLabel(const char* objectName, QWidget* parent = nullptr);

    /// What is seen of the text.
    QString shownText() const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
};

}  // namespace finebrush
