#include "ui/keys/key_map_file.h"

#include "core/base/files.h"
#include "ui/bridge/conversions.h"
#include "ui/dialogs/error_text.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <set>

namespace finebrush {

namespace {

constexpr auto kFormat = "finebrush-keys";
constexpr uint64_t kMaxBytes = 1 << 16;
constexpr int kMaxQuoted = 40;  // characters of what a file holds, in a sentence

struct Reader {
    Q_DECLARE_TR_FUNCTIONS(finebrush::KeyMapFile)

  public:
    const QString& path;
    std::set<QString> given = {};

    tl::unexpected<QString> refuse(const QString& reason) const {
        return tl::unexpected(tr("%1: this key map cannot be read: %2.").arg(path, reason));
    }

    ReadKeyMap read(const QByteArray& json) {
        QJsonParseError error;
        const QJsonObject file = QJsonDocument::fromJson(json, &error).object();
        if (error.error != QJsonParseError::NoError)
            return refuse(tr("it is not JSON at character %1").arg(error.offset));
        if (file["format"].toString() != QLatin1String(kFormat) || !file["keys"].isObject())
            return refuse(tr("it holds no keys of Finebrush"));
        const QString profileName = file["profile"].toString();
        const auto profile = keyProfileOf(profileName);
        if (!profile) return refuse(tr("there is no profile “%1”").arg(profileName.left(kMaxQuoted)));
        KeyMap map(*profile);
        const QJsonObject edits = file["keys"].toObject();
        for (auto edit = edits.begin(); edit != edits.end(); ++edit) {
            const auto command = commandOf(edit.key());
            if (!command) return refuse(tr("there is no command “%1”").arg(edit.key().left(kMaxQuoted)));
            if (!edit->isArray()) return refuse(tr("the keys of “%1” are no list").arg(edit.key()));
            const auto keys = readKeys(edit->toArray(), *command);
            if (!keys) return tl::unexpected(keys.error());
            map.give(*command, *keys);
        }
        return map;
    }

    tl::expected<QList<QKeySequence>, QString> readKeys(const QJsonArray& texts, Command command) {
        QList<QKeySequence> keys;
        for (const QJsonValue& text : texts) {
            const auto key = keyFromText(text.toString());
            if (!key) return refuse(tr("“%1” is no key").arg(text.toString().left(kMaxQuoted)));
            const QString name = key->toString(QKeySequence::NativeText);
            if (const QString use = useBesideCommands(*key, command); !use.isEmpty())
                return refuse(tr("%1 is not for commands, as %2").arg(name, use));
            if (!given.insert(name).second) return refuse(tr("%1 is given twice").arg(name));
            keys << *key;
        }
        return keys;
    }
};

}  // namespace

QByteArray keyMapToJson(const KeyMap& map) {
    QJsonObject keys;
    for (const auto& [command, texts] : map.edits().asKeyValueRange())
        keys[command] = QJsonArray::fromStringList(texts);
    return QJsonDocument(QJsonObject{{"format", kFormat}, {"profile", nameOf(map.profile())}, {"keys", keys}})
        .toJson();
}

ReadKeyMap keyMapFromJson(const QByteArray& json, const QString& path) {
    return Reader{path}.read(json);
}

ReadKeyMap readKeyMapFile(const QString& path) {
    const auto bytes = readFile(toPath(path), kMaxBytes);
    if (!bytes) return tl::unexpected(errorText(bytes.error()));
    return keyMapFromJson({reinterpret_cast<const char*>(bytes->data()), qsizetype(bytes->size())}, path);
}

QString writeKeyMapFile(const KeyMap& map, const QString& path) {
    const auto written = writeFileAtomically(toPath(path), keyMapToJson(map).toStdString());
    return written ? QString() : errorText(written.error());
}

}  // namespace finebrush
