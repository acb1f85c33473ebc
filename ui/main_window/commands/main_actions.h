#pragma once

#include "ui/keys/command.h"

#include <QAction>
#include <QObject>

#include <array>

class QActionGroup;

namespace finebrush {

class KeyMap;

/// The actions with their icons, keys and texts in the language of the window.
class MainActions : public QObject {
    Q_OBJECT

  public:
    explicit MainActions(QObject* parent = nullptr);

    QAction& operator[](Command command) const { return *actions_[static_cast<size_t>(command)]; }
    /// In the order of `Command`.
    QList<QAction*> all() const { return {actions_.begin(), actions_.end()}; }
    /// Those whose place is this menu, in its order.
    QList<QAction*> of(Menu menu) const;
    /// Those that have all of these traits of `CommandEntry`.
    QList<QAction*> with(unsigned traits) const;
    void retranslate();
    void setKeys(const KeyMap& keys);
    /// Takes away what would change the project, or gives it back where nothing else speaks against it. The
    /// tool tips say why, from `retranslate` on.
    void setReadOnly(bool isReadOnly);

  private:
    std::array<QAction*, kCommandCount> actions_{};
    QActionGroup* edits_;  ///< what changes the project, but for the tools
    bool isReadOnly_ = false;
};

}  // namespace finebrush
