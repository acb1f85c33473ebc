#pragma once

#include <QSplitterHandle>

namespace finebrush {

/// The border between two views, which the arrow keys move as well while it has the focus.
class ViewHandle : public QSplitterHandle {
    Q_OBJECT

  public:
    ViewHandle(Qt::Orientation orientation, QSplitter* parent);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace finebrush
