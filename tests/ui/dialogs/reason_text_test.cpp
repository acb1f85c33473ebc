#include "ui/dialogs/reason_text.h"

#include "ui/dialogs/error_text.h"
#include "ui/settings/language.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

bool isKorean(const QString& text) {
    static const QRegularExpression hangul(QStringLiteral("\\p{Hangul}"));
    return text.contains(hangul);
}

/// All code of folders of the core, with strings of several lines as one.
QString codeIn(const QStringList& folders) {
    static const QRegularExpression seam(QStringLiteral("\"\\s*\\n\\s*\""));
    QString code;
    for (const QString& folder : folders) {
        QDirIterator files(QStringLiteral(FINEBRUSH_SOURCE_DIR "/core/") + folder,
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
            code += QString::fromUtf8(file.readAll());
        }
    }
    return code.remove(seam);
}

class ReasonText : public ::testing::Test {
  protected:
    ReasonText() { language_.apply(LanguageChoice::Korean); }

    LanguageSwitch language_;
};

TEST_F(ReasonText, EachIsWordedAsTheCoreWordsIt) {
    static const QRegularExpression place(QStringLiteral("%[1-9]"));
    const QString code = codeIn({QString()});
    for (const char* reason : knownReasons()) {
        for (const QString& piece : QString::fromUtf8(reason).split(place)) {
            if (piece.trimmed().size() < 3) continue;
            EXPECT_TRUE(code.contains(piece.trimmed())) << reason << ": " << piece.toStdString();
        }
    }
}

TEST_F(ReasonText, WhatTheCoreSaysOfImagesAndLabelsIsTranslated) {
    static const QRegularExpression given(
        QStringLiteral("\\b(?:unreadable|unsupported|badLabels|otherGrid|because)\\((?:[^\";]*,\\s*)?"
                       "(?:formatted\\(\\s*)?\"([^\"]+)\"\\s*[,)]"));
    static const QRegularExpression number(QStringLiteral("%l{0,2}[duz]u?"));
    const QString code =
        codeIn({QStringLiteral("image"), QStringLiteral("importers"), QStringLiteral("exporters")});
    int seen = 0;
    for (auto matches = given.globalMatch(code); matches.hasNext(); ++seen) {
        QString reason = matches.next().captured(1);
        reason.replace(number, QStringLiteral("7"));
        EXPECT_TRUE(isKorean(reasonText(reason.toStdString()))) << reason.toStdString();
    }
    EXPECT_GT(seen, 60);
}

TEST_F(ReasonText, WhatIsPutInStays) {
    EXPECT_EQ(reasonText("NIfTI voxels of complex256"), QStringLiteral("complex256 형식의 NIfTI 복셀"));
    EXPECT_EQ(reasonText("shape %2 has no label"), QStringLiteral("도형 %2에 라벨이 없습니다"));
    EXPECT_EQ(reasonText("annotation without an id is of one category too many"),
              QStringLiteral("주석 (ID 없음)의 범주가 최대 수를 넘습니다"));
}

TEST_F(ReasonText, SeveralStandBesideEachOther) {
    EXPECT_EQ(reasonText("1 tensor is missing (a.b); 12 tensors are unexpected (c, d, e, ...)"),
              QStringLiteral("텐서 1개 없음(a.b); 텐서 12개 예상 밖(c, d, e, ...)"));
    EXPECT_EQ(reasonText("this model has 4; 0 means all"),
              QStringLiteral("이 모델에는 4개가 있습니다. 0은 전체입니다"));
}

TEST_F(ReasonText, NamesStayAsTheyAre) {
    for (const char* name : {"/tmp/a; b.png", "Conv-LoRA", "", "%1", "조직"})
        EXPECT_EQ(reasonText(name), QString::fromUtf8(name));
    const QString text = errorText({ErrorCode::OneClassOnly, {"rank"}, {}});
    EXPECT_THAT(text.toStdString(), HasSubstr("rank")) << "a class of the person's";
}

TEST_F(ReasonText, AnErrorHoldsNoEnglish) {
    static const QRegularExpression latin(QStringLiteral("[A-Za-z]"));
    const QString text = errorText({ErrorCode::ImageDamaged, {"/1.tif", "its pages are not alike"}, {}});
    EXPECT_FALSE(QString(text).remove(QStringLiteral("/1.tif")).contains(latin)) << text.toStdString();
    EXPECT_TRUE(errorText({ErrorCode::OutOfMemory, {"this machine"}, {}}).contains(QStringLiteral("컴퓨터")));
}

TEST(ReasonTextInEnglish, IsTheCoresOwn) {
    LanguageSwitch language;
    language.apply(LanguageChoice::English);
    for (const char* reason : {"its frame 7 cannot be decompressed", "the GPU", "its views cannot be read"})
        EXPECT_EQ(reasonText(reason), QString::fromUtf8(reason));
}

}  // namespace
}  // namespace finebrush
