#pragma once

#include <QComboBox>

namespace finebrush {

/// A choice whose text ends in "…" where the field is too narrow for it, rather than in the middle of a
/// letter. The tool tip begins with all of it then.
class ElidedComboBox : public QComboBox {
    Q_OBJECT

  public:
    using QComboBox::QComboBox;

    /// What is seen of the chosen text.
    QString shownText() const;

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
};

}  // namespace finebrush
