#include "ui/docks/dock.h"

#include <QAbstractButton>
#include <QEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>

namespace finebrush {

namespace {

/// A scroll area that is never narrower than its content and the bar beside that.
class ColumnScroll : public QScrollArea {
  public:
    QSize minimumSizeHint() const override {
        const int content = widget() ? widget()->minimumSizeHint().width() : 0;
        return {content + verticalScrollBar()->sizeHint().width(), QScrollArea::minimumSizeHint().height()};
    }
};

}  // namespace

Dock::Dock(const QString& objectName, QWidget* parent) : QDockWidget(parent) {
    setObjectName(objectName);
    setFeatures(DockWidgetMovable | DockWidgetClosable);
    nameTitleButtons();
}

/// Qt names its buttons once, in the language of that moment.
void Dock::nameTitleButtons() {
    const std::pair<const char*, QString> names[] = {{"qt_dockwidget_closebutton", tr("Close")},
                                                     {"qt_dockwidget_floatbutton", tr("Float")}};
    for (const auto& [objectName, text] : names) {
        auto* button = findChild<QAbstractButton*>(QLatin1String(objectName), Qt::FindDirectChildrenOnly);
        if (!button) continue;
        button->setAccessibleName(text);
        button->setToolTip(text);
    }
}

QLabel* Dock::makeLabel(const char* objectName, const char* role) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(objectName));
    label->setProperty("role", QLatin1String(role));
    label->setWordWrap(true);
    return label;
}

QScrollArea* Dock::makeScrollArea(QWidget* content) {
    auto* scroll = new ColumnScroll;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    return scroll;
}

void Dock::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        nameTitleButtons();
        retranslate();
    }
    QDockWidget::changeEvent(event);
}

}  // namespace finebrush
