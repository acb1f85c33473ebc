#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <gmock/gmock.h>

#include <vector>

namespace finebrush {
namespace {

struct Message {
    QString context;
    QString source;
    QString translation;
    bool unfinished = false;
};

std::vector<Message> messagesOf(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    QXmlStreamReader xml(&file);
    std::vector<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("message")) {
            messages.push_back({context, {}, {}, false});
        } else if (xml.name() == QLatin1String("source")) {
            messages.back().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            messages.back().unfinished = xml.attributes().hasAttribute("type");
            messages.back().translation = xml.readElementText();
        }
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    return messages;
}

/// The placeholders of a text, sorted.
QStringList placeholdersOf(const QString& text) {
    static const QRegularExpression placeholder(QStringLiteral("%[0-9n]"));
    QStringList found;
    auto matches = placeholder.globalMatch(text);
    while (matches.hasNext()) found << matches.next().captured();
    found.sort();
    return found;
}

TEST(KoreanTranslation, EverySourceTextIsTranslatedWithItsPlaceholders) {
    const auto messages = messagesOf(QStringLiteral(FINEBRUSH_SOURCE_DIR "/translations/finebrush_ko.ts"));
    EXPECT_GT(messages.size(), 200u);
    for (const Message& message : messages) {
        const std::string source = (message.context + ": " + message.source).toStdString();
        EXPECT_FALSE(message.unfinished) << source;
        EXPECT_FALSE(message.translation.isEmpty()) << source;
        EXPECT_EQ(placeholdersOf(message.translation), placeholdersOf(message.source)) << source;
    }
}

TEST(KoreanTranslation, AMenuKeepsItsLetter) {
    const auto messages = messagesOf(QStringLiteral(FINEBRUSH_SOURCE_DIR "/translations/finebrush_ko.ts"));
    for (const Message& message : messages) {
        const bool inMenu = message.context.endsWith("MainActions") || message.context.endsWith("MainMenus");
        if (!inMenu || !message.source.contains(u'&')) continue;
        const QChar letter = message.source[message.source.indexOf(u'&') + 1].toUpper();
        EXPECT_TRUE(message.translation.contains(QStringLiteral("(&%1)").arg(letter)))
            << message.source.toStdString();
    }
}

}  // namespace
}  // namespace finebrush
