#include "ui/keys/keys_dialog.h"

#include "ui/keys/key_field.h"
#include "ui/keys/key_map_file.h"
#include "ui/keys/key_text.h"
#include "ui/main_window/commands/main_actions.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFuture>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace finebrush {

namespace {

constexpr QSize kSize{760, 560};

/// The titles of the menus by the actions in them.
void collectGroups(const QList<QAction*>& actions, const QString& title,
                   QHash<const QAction*, QString>& groups) {
    for (const QAction* action : actions) {
        if (action->menu()) {
            collectGroups(action->menu()->actions(), title.isEmpty() ? withoutMenuKey(action->text()) : title,
                          groups);
        } else if (!groups.contains(action)) {  // help leads to some as well
            groups[action] = title;
        }
    }
}

}  // namespace

KeysDialog::KeysDialog(const MainActions& actions, const QMenuBar& menus, Preferences& preferences,
                       QWidget* parent)
    : QDialog(parent),
      actions_(actions),
      menus_(menus),
      preferences_(preferences),
      words_(new QLineEdit),
      list_(new QTreeWidget),
      onImage_(new QLabel),
      fieldName_(new QLabel),
      field_(new KeyField),
      keepsOthers_(new QCheckBox),
      clear_(new QPushButton),
      reset_(new QPushButton),
      message_(new QLabel),
      answer_(new QPushButton),
      leave_(new QPushButton),
      resetAll_(new QPushButton),
      import_(new QPushButton),
      export_(new QPushButton),
      buttons_(new QDialogButtonBox(QDialogButtonBox::Close)) {
    setObjectName(QStringLiteral("KeysDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connectControls();
    retranslate();
    list_->setCurrentItem(list_->topLevelItem(0));
    dropQuestion();
    resize(kSize);
}

// ---- putting it together ----

void KeysDialog::build() {
    const std::pair<QWidget*, const char*> names[] = {
        {words_, "KeyWords"},     {list_, "KeyList"},
        {field_, "KeyField"},     {keepsOthers_, "KeepsOtherKeys"},
        {clear_, "ClearKeys"},    {reset_, "ResetKeys"},
        {message_, "KeyMessage"}, {answer_, "TakeKey"},
        {leave_, "LeaveKey"},     {resetAll_, "ResetAllKeys"},
        {import_, "ImportKeys"},  {export_, "ExportKeys"},
        {onImage_, "KeysOnImage"}};
    for (const auto& [widget, name] : names) widget->setObjectName(QLatin1String(name));
    list_->setColumnCount(kColumnCount);
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->setAllColumnsShowFocus(true);
    list_->header()->setStretchLastSection(false);
    for (int column = 0; column < kColumnCount; ++column) {
        list_->header()->setSectionResizeMode(
            column, column == NameColumn ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    }
    for (size_t i = 0; i < kCommandCount; ++i) new QTreeWidgetItem(list_);
    onImage_->setProperty("role", QStringLiteral("muted"));
    onImage_->setWordWrap(true);
    message_->setWordWrap(true);
    fieldName_->setBuddy(field_);
    // Return is for the list and the fields.
    for (QPushButton* button : {clear_, reset_, answer_, leave_, resetAll_, import_, export_})
        button->setAutoDefault(false);
    for (QPushButton* button : {resetAll_, import_, export_})
        buttons_->addButton(button, QDialogButtonBox::ResetRole);
    buttons_->button(QDialogButtonBox::Close)->setAutoDefault(false);

    auto* change = new QHBoxLayout;
    change->addWidget(fieldName_);
    change->addWidget(field_, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{keepsOthers_, clear_, reset_})
        change->addWidget(widget);
    auto* question = new QHBoxLayout;
    question->addWidget(message_, 1);
    question->addWidget(answer_);
    question->addWidget(leave_);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(words_);
    layout->addWidget(list_, 1);
    layout->addWidget(onImage_);
    layout->addLayout(change);
    layout->addLayout(question);
    layout->addWidget(buttons_);
}

void KeysDialog::connectControls() {
    words_->installEventFilter(this);
    connect(words_, &QLineEdit::textChanged, this, &KeysDialog::filter);
    const auto goToField = [this] { field_->setFocus(Qt::OtherFocusReason); };
    connect(words_, &QLineEdit::returnPressed, field_, goToField);
    connect(list_, &QTreeWidget::itemActivated, field_, goToField);
    connect(list_, &QTreeWidget::currentItemChanged, this, &KeysDialog::dropQuestion);
    connect(field_, &KeyField::keyPressed, this, &KeysDialog::press);
    connect(clear_, &QPushButton::clicked, this, [this] {
        if (const auto command = current()) propose(*command, {});
    });
    connect(reset_, &QPushButton::clicked, this, [this] {
        if (const auto command = current())
            propose(*command, profileKeys(*command, preferences_.keyProfile()));
    });
    connect(answer_, &QPushButton::clicked, this, [this] {
        if (const auto goOn = std::exchange(goOn_, {})) goOn();
    });
    connect(leave_, &QPushButton::clicked, this, &KeysDialog::dropQuestion);
    connect(resetAll_, &QPushButton::clicked, this, [this] {
        ask(tr("Every key that you have changed in this profile goes back."), tr("&Yes, reset all"), [this] {
            storeKeyMap(KeyMap(preferences_.keyProfile()), preferences_);
            say(tr("All keys are those of the profile again."));
        });
    });
    connect(import_, &QPushButton::clicked, this, &KeysDialog::askForFileToRead);
    connect(export_, &QPushButton::clicked, this, &KeysDialog::askForFileToWrite);
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::close);
}

bool KeysDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == words_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(list_, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void KeysDialog::changeEvent(QEvent* event) {
    // Also told when the keys have changed, here or elsewhere.
    if (event->type() == QEvent::LanguageChange) retranslate();
    QDialog::changeEvent(event);
}

void KeysDialog::reject() {
    goOn_ ? dropQuestion() : QDialog::reject();
}

// ---- what is shown ----

void KeysDialog::retranslate() {
    setWindowTitle(tr("Keys"));
    words_->setPlaceholderText(tr("Type a part of a command or a key"));
    words_->setAccessibleName(tr("Find a command"));
    list_->setAccessibleName(tr("Commands"));
    list_->setHeaderLabels({tr("Command"), tr("Group"), tr("Keys"), tr("Keys of the profile")});
    onImage_->setText(
        tr("On the image: arrows without a command move the view, with Shift further; Ctrl and arrows move "
           "the pointer; while the key that presses the tool is held, arrows drag."));
    fieldName_->setText(tr("&New key"));
    field_->setAccessibleName(tr("New key"));
    field_->setToolTip(tr("Press the key, with Ctrl, Alt or Shift where you want"));
    keepsOthers_->setText(tr("&Keep its other keys"));
    keepsOthers_->setToolTip(tr("The new key comes beside those that the command has, not in their place"));
    const auto describe = [](QPushButton* button, const QString& text, const QString& toolTip) {
        button->setText(text);
        button->setToolTip(toolTip);
    };
    describe(clear_, tr("N&o key"), tr("Take all keys from the command"));
    describe(reset_, tr("&Reset"), tr("Give the command the keys of the profile again"));
    describe(leave_, tr("&Cancel"), tr("Leave the keys as they are"));
    describe(resetAll_, tr("Reset &all"), tr("Give all commands the keys of the profile again"));
    describe(import_, tr("&Import…"), tr("Take a profile and its keys from a file"));
    describe(export_, tr("&Export…"), tr("Write the profile and what you have changed to a file"));
    buttons_->button(QDialogButtonBox::Close)->setText(tr("Close"));
    refresh();
}

QString KeysDialog::nameOfCommand(Command command) const {
    return commandName(actions_[command]);
}

void KeysDialog::refresh() {
    const KeyMap map = storedKeyMap(preferences_);
    QHash<const QAction*, QString> groups;
    collectGroups(menus_.actions(), {}, groups);
    for (size_t i = 0; i < kCommandCount; ++i) {
        const auto command = static_cast<Command>(i);
        QTreeWidgetItem* item = list_->topLevelItem(static_cast<int>(i));
        item->setText(NameColumn, nameOfCommand(command));
        item->setToolTip(NameColumn, item->text(NameColumn));  // its end may be cut off
        item->setText(GroupColumn, groups.value(&actions_[command]));
        item->setText(KeysColumn, keysText(map.keys(command)));
        item->setText(ProfileColumn, keysText(profileKeys(command, map.profile())));
        QFont font = list_->font();
        font.setBold(map.isEdited(command));
        item->setFont(KeysColumn, font);
        item->setForeground(GroupColumn, palette().placeholderText());
        item->setForeground(ProfileColumn, palette().placeholderText());
    }
    resetAll_->setEnabled(map.isEdited());
    showCurrent();
}

void KeysDialog::filter() {
    const QStringList wanted = words_->text().split(u' ', Qt::SkipEmptyParts);
    for (int row = 0; row < list_->topLevelItemCount(); ++row) {
        QTreeWidgetItem* item = list_->topLevelItem(row);
        const QString inMenu = withoutMenuKey(actions_[static_cast<Command>(row)].text());
        const QString text =
            QStringList{item->text(NameColumn), inMenu, item->text(GroupColumn), item->text(KeysColumn)}.join(
                u'\n');
        item->setHidden(!std::ranges::all_of(
            wanted, [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); }));
    }
    if (list_->currentItem() && !list_->currentItem()->isHidden()) return;
    for (int row = 0; row < list_->topLevelItemCount(); ++row) {
        if (!list_->topLevelItem(row)->isHidden()) return list_->setCurrentItem(list_->topLevelItem(row));
    }
    list_->setCurrentItem(nullptr);
}

std::optional<Command> KeysDialog::current() const {
    QTreeWidgetItem* item = list_->currentItem();
    if (!item) return std::nullopt;
    return static_cast<Command>(list_->indexOfTopLevelItem(item));
}

void KeysDialog::showCurrent() {
    const auto command = current();
    for (QWidget* widget : std::initializer_list<QWidget*>{field_, keepsOthers_, clear_, reset_}) {
        widget->setEnabled(command.has_value());
    }
    if (!command) return;
    const KeyMap map = storedKeyMap(preferences_);
    const QList<QKeySequence> keys = map.keys(*command);
    field_->setKeySequence(keys.isEmpty() ? QKeySequence() : keys.front());
    clear_->setEnabled(!keys.isEmpty());
    reset_->setEnabled(map.isEdited(*command));
}

// ---- changing the keys ----

void KeysDialog::press(const QKeySequence& key) {
    const auto command = current();
    if (!command) return;
    goOn_ = {};
    const QString keyName = key.toString(QKeySequence::NativeText);
    if (const QString use = useBesideCommands(key, *command); !use.isEmpty()) {
        return say(tr("%1 cannot be the key of this command: %2.").arg(keyName, use));
    }
    QList<QKeySequence> keys;
    if (keepsOthers_->isChecked()) keys = storedKeyMap(preferences_).keys(*command);
    if (!keys.contains(key)) keys << key;
    propose(*command, keys);
}

void KeysDialog::propose(Command command, const QList<QKeySequence>& keys) {
    goOn_ = {};
    const KeyMap map = storedKeyMap(preferences_);
    QList<Command> owners;
    for (const QKeySequence& key : keys) {
        const auto owner = map.ownerOf(key);
        if (owner && *owner != command && !owners.contains(*owner)) owners << *owner;
    }
    if (owners.isEmpty()) return give(command, keys);
    QStringList names;
    QList<QKeySequence> taken;
    for (const Command owner : owners) {
        names << tr("“%1”").arg(nameOfCommand(owner));
        for (const QKeySequence& key : map.keys(owner)) {
            if (keys.contains(key)) taken << key;
        }
    }
    ask(tr("%1 belongs to %2.").arg(keysText(taken), names.join(QStringLiteral(", "))), tr("&Take the key"),
        [this, command, keys] { give(command, keys); });
}

void KeysDialog::give(Command command, const QList<QKeySequence>& keys) {
    KeyMap map = storedKeyMap(preferences_);
    map.give(command, keys);
    storeKeyMap(map, preferences_);
    const QString now = keysText(map.keys(command));
    say(now.isEmpty() ? tr("“%1” has no key now.").arg(nameOfCommand(command))
                      : tr("Keys of “%1” now: %2").arg(nameOfCommand(command), now));
}

void KeysDialog::ask(const QString& text, const QString& answer, std::function<void()> goOn) {
    goOn_ = std::move(goOn);
    say(text);
    answer_->setText(answer);
    answer_->setFocus(Qt::OtherFocusReason);
}

void KeysDialog::dropQuestion() {
    goOn_ = {};
    say({});
    showCurrent();
}

// ---- files ----

QFileDialog* KeysDialog::makeFileDialog(const char* objectName, const QString& title) {
    auto* dialog = new QFileDialog(this, title);
    dialog->setObjectName(QLatin1String(objectName));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({tr("Key maps (%1)").arg(QStringLiteral("*.json")), tr("All files (*)")});
    return dialog;
}

void KeysDialog::askForFileToRead() {
    QFileDialog* dialog = makeFileDialog("ImportKeysDialog", tr("Import keys"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QtFuture::makeReadyFuture(path)
            .then(QtFuture::Launch::Async, readKeyMapFile)
            .then(qApp, [dialog = QPointer(this)](const ReadKeyMap& read) {
                if (!dialog) return;
                read ? dialog->take(*read) : dialog->say(read.error());
            });
    });
    dialog->open();
}

void KeysDialog::take(const KeyMap& map) {
    const auto goOn = [this, map] {
        storeKeyMap(map, preferences_);
        say(tr("The keys are those of the file now."));
    };
    if (!preferences_.keyEdits(nameOf(map.profile())).isEmpty()) {
        ask(tr("What you have changed of these keys is replaced."), tr("Re&place"), goOn);
    } else {
        goOn();
    }
}

void KeysDialog::askForFileToWrite() {
    QFileDialog* dialog = makeFileDialog("ExportKeysDialog", tr("Export keys"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QStringLiteral("keys"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QtFuture::makeReadyFuture(path)
            .then(QtFuture::Launch::Async,
                  [map = storedKeyMap(preferences_)](const QString& to) { return writeKeyMapFile(map, to); })
            .then(qApp, [dialog = QPointer(this), path](const QString& failure) {
                if (dialog) dialog->say(failure.isEmpty() ? tr("Written: %1").arg(path) : failure);
            });
    });
    dialog->open();
}

void KeysDialog::say(const QString& text) {
    message_->setText(text);
    message_->setAccessibleName(text);
    if (!goOn_ && (answer_->hasFocus() || leave_->hasFocus())) field_->setFocus(Qt::OtherFocusReason);
    answer_->setVisible(bool(goOn_));
    leave_->setVisible(bool(goOn_));
}

}  // namespace finebrush
