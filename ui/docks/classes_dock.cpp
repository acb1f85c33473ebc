#include "ui/docks/classes_dock.h"

#include "ui/bridge/conversions.h"
#include "ui/bridge/read_only.h"
#include "ui/bridge/session_bridge.h"
#include "ui/dialogs/remove_class_dialog.h"
#include "ui/keys/key_text.h"
#include "ui/settings/icons.h"
#include "ui/tools/tool_box.h"

#include <QAction>
#include <QColorDialog>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QMouseEvent>
#include <QSignalBlocker>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <string_view>

namespace finebrush {

namespace {

constexpr int kIdRole = Qt::UserRole;
constexpr int kLeastRows = 5;

/// A list that keeps room for a few classes, however low the window is.
class ClassTree : public QTreeWidget {
  public:
    QSize minimumSizeHint() const override {
        const int row = std::max(sizeHintForRow(0), fontMetrics().height());
        return {QTreeWidget::minimumSizeHint().width(), kLeastRows * row + 2 * frameWidth()};
    }
};

QToolButton* makeButton(const char* objectName, const char* icon) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(objectName));
    button->setIcon(themedIcon(QLatin1String(icon)));
    return button;
}

ClassId idOf(const QTreeWidgetItem& item) {
    return item.data(0, kIdRole).toString().toStdString();
}

}  // namespace

ClassesDock::ClassesDock(SessionBridge& bridge, ToolBox& toolBox, QWidget* parent)
    : Dock(QStringLiteral("ClassesDock"), parent),
      bridge_(bridge),
      toolBox_(toolBox),
      tree_(new ClassTree),
      add_(makeButton("AddClass", "add")),
      rename_(makeButton("RenameClass", "rename")),
      recolour_(makeButton("RecolourClass", "recolour")),
      remove_(makeButton("RemoveClass", "remove")) {
    tree_->setObjectName(QStringLiteral("ClassList"));
    tree_->setColumnCount(kColumnCount);
    tree_->setHeaderHidden(true);
    tree_->setRootIsDecorated(false);
    tree_->setUniformRowHeights(true);
    tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree_->setDragDropMode(QAbstractItemView::InternalMove);
    tree_->setContextMenuPolicy(Qt::CustomContextMenu);
    tree_->header()->setStretchLastSection(false);
    tree_->header()->setMinimumSectionSize(24);
    for (int column = 0; column < kColumnCount; ++column) {
        tree_->header()->setSectionResizeMode(
            column, column == NameColumn ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    }

    auto* buttons = new QHBoxLayout;
    for (QToolButton* button : {add_, rename_, recolour_, remove_}) buttons->addWidget(button);
    buttons->addStretch();
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(tree_, 1);
    layout->addLayout(buttons);
    setWidget(body);

    connect(add_, &QToolButton::clicked, this, &ClassesDock::addClass);
    connect(rename_, &QToolButton::clicked, this, &ClassesDock::renameCurrent);
    connect(recolour_, &QToolButton::clicked, this, &ClassesDock::chooseColour);
    connect(remove_, &QToolButton::clicked, this, &ClassesDock::removeSelected);
    connect(tree_, &QTreeWidget::itemChanged, this, &ClassesDock::rename);
    connect(tree_, &QTreeWidget::itemDoubleClicked, this, &ClassesDock::activateCell);
    connect(tree_, &QWidget::customContextMenuRequested, this, &ClassesDock::showMenu);
    tree_->viewport()->installEventFilter(this);
    connect(tree_, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item) toolBox_.setCurrentClass(idOf(*item));
    });
    connect(&toolBox_, &ToolBox::currentClassChanged, this, &ClassesDock::selectCurrent);
    connect(&bridge_, &SessionBridge::projectChanged, this, &ClassesDock::rebuild);
    connect(&bridge_, &SessionBridge::classesChanged, this, &ClassesDock::rebuild);
    retranslate();
}

bool ClassesDock::eventFilter(QObject* watched, QEvent* event) {
    if (watched == tree_->viewport() && event->type() == QEvent::Drop) {
        auto* drop = static_cast<QDropEvent*>(event);
        drop->setDropAction(Qt::CopyAction);  // what is moved is the class: the list takes no item away
        drop->accept();
        moveTo(drop->position().toPoint());
        return true;
    }
    const bool isPress =
        event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    const auto* mouse = isPress ? static_cast<QMouseEvent*>(event) : nullptr;
    if (watched != tree_->viewport() || !mouse || mouse->button() != Qt::LeftButton)
        return Dock::eventFilter(watched, event);
    // A click on an eye or a lock is no wish for another class.
    const QPoint place = mouse->position().toPoint();
    const QTreeWidgetItem* item = tree_->itemAt(place);
    const LabelClass* entry = item ? bridge_.session().classes().find(idOf(*item)) : nullptr;
    return entry && toggleCell(*entry, tree_->columnAt(place.x()));
}

void ClassesDock::rebuild() {
    const ClassTable& classes = bridge_.session().classes();
    toolBox_.followClasses(classes);
    {
        const QSignalBlocker blocker(tree_);
        tree_->clear();
        for (const LabelClass& entry : classes.classes()) fill(*new QTreeWidgetItem(tree_), entry);
    }
    selectCurrent();
    add_->setEnabled(!classes.isFull() && !bridge_.session().isReadOnly());
}

void ClassesDock::fill(QTreeWidgetItem& item, const LabelClass& entry) {
    item.setData(0, kIdRole, toQString(entry.id));
    const bool isReadOnly = bridge_.session().isReadOnly();
    item.setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
    if (!isReadOnly) item.setFlags(item.flags() | Qt::ItemIsEditable | Qt::ItemIsDragEnabled);
    item.setIcon(ColourColumn, colourChip(toQColor(entry.colour)));
    item.setToolTip(ColourColumn,
                    withReadOnlyReason(tr("Double-click to choose another colour"), isReadOnly));
    item.setText(NameColumn, toQString(entry.name));
    item.setToolTip(NameColumn, withReadOnlyReason(tr("Double-click to rename"), isReadOnly));
    const QString keys = keysOf(entry.key);
    item.setText(KeyColumn, keys);
    item.setToolTip(
        KeyColumn,
        withReadOnlyReason(
            keys.isEmpty()
                ? tr("Double-click to choose a key")
                : tr("Press %1 to paint with this class. Double-click to choose another key").arg(keys),
            isReadOnly));
    item.setForeground(KeyColumn, palette().placeholderText());
    item.setIcon(LockColumn, themedIcon(entry.locked ? QStringLiteral("lock") : QStringLiteral("lock-open")));
    item.setToolTip(
        LockColumn,
        withReadOnlyReason(entry.locked ? tr("Locked: nothing paints over this class. Click to unlock")
                                        : tr("Click to lock: nothing then paints over this class"),
                           isReadOnly));
    item.setData(LockColumn, Qt::AccessibleTextRole, entry.locked ? tr("Locked") : tr("Not locked"));
    item.setIcon(VisibleColumn,
                 themedIcon(entry.visible ? QStringLiteral("eye") : QStringLiteral("eye-off")));
    item.setToolTip(VisibleColumn,
                    entry.visible ? tr("Click to hide this class") : tr("Click to show this class"));
    item.setData(VisibleColumn, Qt::AccessibleTextRole, entry.visible ? tr("Visible") : tr("Hidden"));
}

const LabelClass* ClassesDock::selectedClass() const {
    const QTreeWidgetItem* item = tree_->currentItem();
    return item ? bridge_.session().classes().find(idOf(*item)) : nullptr;
}

void ClassesDock::selectCurrent() {
    const QSignalBlocker blocker(tree_);
    for (int row = 0; row < tree_->topLevelItemCount(); ++row) {
        QTreeWidgetItem* item = tree_->topLevelItem(row);
        if (idOf(*item) == toolBox_.currentClass()) tree_->setCurrentItem(item);
    }
    const bool any = tree_->currentItem() && !bridge_.session().isReadOnly();
    for (QToolButton* button : {rename_, recolour_, remove_}) button->setEnabled(any);
}

QString ClassesDock::keysOf(char key) const {
    if (key == 0) return {};
    const auto* action = window()->findChild<QAction*>(nameOfClassKey(key));
    return action ? keysText(action->shortcuts()) : QString();
}

void ClassesDock::addClass() {
    Session& session = bridge_.session();
    if (session.classes().isFull()) return;
    session.addClass(tr("Class %1").arg(session.classes().size() + 1).toStdString());
    toolBox_.setCurrentClass(session.classes().classes().back().id);
    tree_->editItem(tree_->currentItem(), NameColumn);
}

void ClassesDock::renameCurrent() {
    raise();
    if (tree_->currentItem()) tree_->editItem(tree_->currentItem(), NameColumn);
}

void ClassesDock::rename(QTreeWidgetItem* item, int column) {
    const LabelClass* entry = bridge_.session().classes().find(idOf(*item));
    if (!entry || column != NameColumn) return;
    LabelClass renamed = *entry;
    renamed.name = item->text(NameColumn).trimmed().toStdString();
    if (renamed.name.empty() || renamed == *entry) {
        item->setText(NameColumn, toQString(entry->name));
        return;
    }
    // Later: the list is rebuilt, and the editor that is closing still belongs to the old item.
    QMetaObject::invokeMethod(
        this, [this, renamed] { bridge_.session().updateClass(renamed); }, Qt::QueuedConnection);
}

void ClassesDock::activateCell(QTreeWidgetItem* item, int column) {
    if (bridge_.session().isReadOnly()) return;
    if (column == ColourColumn) {
        chooseColour();
    } else if (column == NameColumn) {
        tree_->editItem(item, NameColumn);
    } else if (const LabelClass* entry = selectedClass(); entry && column == KeyColumn) {
        QMenu* menu = makeKeyMenu(*entry);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(tree_->viewport()->mapToGlobal(tree_->visualItemRect(item).bottomRight()));
    }
}

bool ClassesDock::toggleCell(const LabelClass& entry, int column) {
    if (column != LockColumn && column != VisibleColumn) return false;
    if (column == LockColumn && bridge_.session().isReadOnly()) return true;
    LabelClass toggled = entry;
    bool& state = column == LockColumn ? toggled.locked : toggled.visible;
    state = !state;
    QMetaObject::invokeMethod(
        this, [this, toggled] { bridge_.session().updateClass(toggled); }, Qt::QueuedConnection);
    return true;
}

void ClassesDock::chooseColour() {
    const LabelClass* entry = selectedClass();
    if (!entry) return;
    auto* dialog = new QColorDialog(toQColor(entry->colour), this);
    dialog->setObjectName(QStringLiteral("ColourDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Colour of “%1”").arg(toQString(entry->name)));
    connect(dialog, &QColorDialog::colorSelected, this, [this, id = entry->id](const QColor& colour) {
        const LabelClass* chosen = bridge_.session().classes().find(id);
        if (!chosen) return;
        LabelClass recoloured = *chosen;
        recoloured.colour = toColour(colour);
        bridge_.session().updateClass(recoloured);
    });
    dialog->open();
}

void ClassesDock::showMenu(const QPoint& place) {
    const LabelClass* entry = selectedClass();
    if (!entry) return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("ClassMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Command command : {Command::RenameClass, Command::LockClass, Command::HideClass,
                                  Command::MoveClassUp, Command::MoveClassDown}) {
        if (QAction* action = actionIn(*this, command)) menu->addAction(action);
    }
    QMenu* keys = makeKeyMenu(*entry);
    connect(menu, &QObject::destroyed, keys, &QObject::deleteLater);
    keys->setEnabled(!bridge_.session().isReadOnly());
    menu->addMenu(keys);
    menu->popup(tree_->viewport()->mapToGlobal(place));
}

QMenu* ClassesDock::makeKeyMenu(const LabelClass& entry) {
    auto* menu = new QMenu(tr("Key of “%1”").arg(toQString(entry.name)), this);
    menu->setObjectName(QStringLiteral("ClassKeyMenu"));
    const ClassTable& classes = bridge_.session().classes();
    const auto offer = [&](const QString& text, char key) {
        QAction* action = menu->addAction(text);
        action->setData(int{key});
        action->setCheckable(true);
        action->setChecked(entry.key == key);
    };
    offer(tr("No key"), 0);
    for (const char key : std::string_view("1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        const QString text = keysOf(key);
        if (text.isEmpty()) continue;  // it is the key of a command
        const LabelClass* owner = classes.findKey(key);
        const bool isOfAnother = owner && owner->id != entry.id;
        offer(isOfAnother ? tr("%1, now of “%2”").arg(text, toQString(owner->name)) : text, key);
    }
    connect(menu, &QMenu::triggered, this, [this, id = entry.id](const QAction* action) {
        const LabelClass* chosen = bridge_.session().classes().find(id);
        if (!chosen) return;
        LabelClass changed = *chosen;
        changed.key = static_cast<char>(action->data().toInt());
        bridge_.session().updateClass(changed);
    });
    return menu;
}

void ClassesDock::moveCurrent(int step) {
    const LabelClass* entry = selectedClass();
    if (!entry) return;
    const int place = bridge_.session().classes().indexOf(entry->id) + step;
    if (place >= 0) bridge_.session().moveClass(ClassId(entry->id), place);
}

/// Moves the selected class between those above and below a point of the list.
void ClassesDock::moveTo(QPoint place) {
    const LabelClass* entry = selectedClass();
    if (!entry) return;
    QTreeWidgetItem* item = tree_->itemAt(place);
    int row = item ? tree_->indexOfTopLevelItem(item) : tree_->topLevelItemCount();
    if (item && place.y() > tree_->visualItemRect(item).center().y()) ++row;
    if (row > bridge_.session().classes().indexOf(entry->id)) --row;  // counted without it
    // Later: the list is rebuilt, and is still within its drag.
    QMetaObject::invokeMethod(
        this, [this, id = entry->id, row] { bridge_.session().moveClass(id, row); }, Qt::QueuedConnection);
}

void ClassesDock::removeSelected() {
    const LabelClass* entry = selectedClass();
    if (!entry) return;
    if (!bridge_.session().hasLabels(entry->id)) {
        bridge_.session().removeClass(ClassId(entry->id));
        return;
    }
    auto* dialog = new RemoveClassDialog(bridge_.session().classes(), *entry, this);
    connect(dialog, &RemoveClassDialog::chosen, this,
            [this, id = entry->id](const std::optional<ClassId>& heir) {
                bridge_.session().removeClass(id, heir);
            });
    dialog->open();
}

void ClassesDock::retranslate() {
    setWindowTitle(tr("Classes"));
    tree_->setAccessibleName(tr("Classes"));
    const auto describe = [this](QToolButton* button, const QString& text,
                                 std::initializer_list<Command> commands = {}) {
        const QString toolTip = withKeys(text, *this, commands);
        button->setToolTip(withReadOnlyReason(toolTip, bridge_.session().isReadOnly()));
        button->setAccessibleName(text);
    };
    describe(add_, tr("Add a class"), {Command::AddClass});
    describe(rename_, tr("Rename the selected class"), {Command::RenameClass});
    describe(recolour_, tr("Choose the colour of the selected class"));
    describe(remove_, tr("Remove the selected class"));
    rebuild();
}

}  // namespace finebrush
