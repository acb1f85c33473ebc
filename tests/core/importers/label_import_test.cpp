#include "core/importers/label_import.h"

#include "core/exporters/class_list.h"
#include "core/exporters/coco_exporter.h"
#include "core/exporters/labelme_exporter.h"
#include "core/exporters/mask_exporter.h"
#include "tests/core/importers/import_fixtures.h"

#include <random>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using testing::expectSameNames;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using LabelImports = testing::ImportTest;

TEST_F(LabelImports, OwnMasksComeBack) {
    const ClassTable classes = testing::twoClasses();
    const IndexMask mask = testing::nestedMask({60, 40}, 1);
    ASSERT_TRUE(exportMask(folder / "a_mask.png", LabelMap::fromMask(mask), classes, {}).has_value());
    const LabelImport found = import({folder / "a_mask.png"});
    ASSERT_THAT(found.problems, IsEmpty());
    ASSERT_THAT(found.images, SizeIs(1));
    EXPECT_EQ(found.images[0].target, 0U);
    EXPECT_EQ(found.images[0].labels.toMask(), mask);
    EXPECT_THAT(found.images[0].classes, ElementsAre(ImportedClass{0, "", Colour{10, 20, 30}, true},
                                                     ImportedClass{5, "", Colour{200, 100, 0}, true}));
}

TEST_F(LabelImports, AClassListBesideMasksNamesTheirNumbers) {
    const ClassTable classes = testing::twoClasses();
    const IndexMask mask = testing::nestedMask({60, 40}, 2);
    std::filesystem::create_directories(folder / "labels");
    ASSERT_TRUE(exportMask(folder / "labels/b.png", LabelMap::fromMask(mask), classes, {}).has_value());
    ASSERT_TRUE(exportClassList(folder / "classes.json", classes, {}).has_value());
    const LabelImport found = import({folder / "labels"});
    ASSERT_THAT(found.problems, IsEmpty());
    ASSERT_THAT(found.images, SizeIs(1));
    expectSameNames(found.images[0], mask, classes);
}

TEST_F(LabelImports, OwnCocoFilesComeBack) {
    const ClassTable classes = testing::twoClasses();
    const std::vector<CocoImage> images = {
        testing::cocoImage("images/a.png", testing::nestedMask({60, 40}, 3)),
        testing::cocoImage("images/b.png", testing::nestedMask({60, 40}, 4)),
        testing::cocoImage("c.png", testing::nestedMask({20, 30}, 5))};
    ASSERT_TRUE(exportCoco(folder / "all.json", images, classes, {}).has_value());
    const LabelImport found = import({folder / "all.json"});
    EXPECT_THAT(codes(found), ElementsAre(ErrorCode::LabelsOtherImages));
    ASSERT_THAT(found.images, SizeIs(2));
    for (size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(found.images[i].target, i);
        expectSameNames(found.images[i], images[i].labels().toMask(), classes);
    }
}

TEST_F(LabelImports, OwnLabelmeFilesComeBack) {
    const ClassTable classes = testing::twoClasses();
    const IndexMask mask = testing::nestedMask({60, 40}, 6);
    ASSERT_TRUE(
        exportLabelme(folder / "x.json", folder / "images/a.png", LabelMap::fromMask(mask), classes, {})
            .has_value());
    const LabelImport found = import({folder / "x.json"});
    ASSERT_THAT(found.problems, IsEmpty());
    ASSERT_THAT(found.images, SizeIs(1));
    EXPECT_EQ(found.images[0].target, 0U);
    expectSameNames(found.images[0], mask, classes);
}

TEST_F(LabelImports, CocoPolygonsAndPlainRunsAreDrawn) {
    const LabelImport found = importText("coco.json", R"({
        "images": [{"id": 9, "file_name": "a.png", "width": 60, "height": 40}],
        "categories": [{"id": 3, "name": "핵"}, {"id": 4, "name": "membrane"}],
        "annotations": [
            {"id": 1, "image_id": 9, "category_id": 3, "segmentation": [[10, 10, 20, 10, 20, 20, 10, 20]]},
            {"id": 2, "image_id": 9, "category_id": 4, "iscrowd": 1,
             "segmentation": {"size": [40, 60], "counts": [80, 5, 2315]}}]})");
    ASSERT_THAT(found.problems, IsEmpty());
    ASSERT_THAT(found.images, SizeIs(1));
    EXPECT_EQ(nameAt(found.images[0], 10, 10), "핵");
    EXPECT_EQ(nameAt(found.images[0], 19, 19), "핵");
    EXPECT_EQ(nameAt(found.images[0], 20, 20), "");
    EXPECT_EQ(nameAt(found.images[0], 2, 0), "membrane");
    EXPECT_EQ(nameAt(found.images[0], 2, 4), "membrane");
    EXPECT_EQ(nameAt(found.images[0], 2, 5), "");
    EXPECT_EQ(found.images[0].labels.histogram()[kUnlabelled], 2400 - 105);
}

TEST_F(LabelImports, ARunOfCocoGoesOverWholeColumns) {
    const LabelImport found = importText("coco.json", R"({
        "images": [{"id": 9, "file_name": "a.png", "width": 60, "height": 40}],
        "categories": [{"id": 3, "name": "x"}],
        "annotations": [{"id": 1, "image_id": 9, "category_id": 3,
                         "segmentation": {"size": [40, 60], "counts": [125, 122, 2153]}}]})");
    ASSERT_THAT(found.problems, IsEmpty());
    LabelMap expected({60, 40});
    expected.fill({3, 5, 1, 35}, 0);
    expected.fill({4, 0, 2, 40}, 0);
    expected.fill({6, 0, 1, 7}, 0);
    EXPECT_EQ(found.images.at(0).labels.toMask(), expected.toMask());
}

TEST_F(LabelImports, LabelmeShapesAreDrawnInTheirOrder) {
    const LabelImport found = importText("b.json", R"({"imagePath": "elsewhere.png", "imageWidth": 60,
        "imageHeight": 40, "shapes": [
        {"label": "field", "shape_type": "rectangle", "points": [[30, 30], [5, 5]]},
        {"label": "tree", "shape_type": "circle", "points": [[15, 15], [15, 19]]},
        {"label": "way", "shape_type": "polygon", "points": [[40, 0], [50, 0], [50, 40], [40, 40]]},
        {"label": "note", "shape_type": "point", "points": [[1, 1]]}]})");
    ASSERT_THAT(found.problems, IsEmpty());
    ASSERT_THAT(found.images, SizeIs(1));
    EXPECT_EQ(found.images[0].target, 1U) << "the file is called like this image";
    EXPECT_EQ(nameAt(found.images[0], 6, 6), "field");
    EXPECT_EQ(nameAt(found.images[0], 15, 15), "tree");
    EXPECT_EQ(nameAt(found.images[0], 15, 20), "field");
    EXPECT_EQ(nameAt(found.images[0], 45, 39), "way");
    EXPECT_EQ(nameAt(found.images[0], 1, 1), "");
}

TEST_F(LabelImports, LabelsOfAnotherSizeAreRefusedWithBothSizes) {
    const LabelMap small = LabelMap::fromMask(testing::nestedMask({50, 40}, 1));
    ASSERT_TRUE(exportMask(folder / "a_mask.png", small, testing::twoClasses(), {}).has_value());
    const LabelImport mask = import({folder / "a_mask.png"});
    EXPECT_THAT(codes(mask), ElementsAre(ErrorCode::LabelsSizeMismatch));
    EXPECT_THAT(describe(mask.problems[0]), ::testing::HasSubstr("50 × 40"));
    EXPECT_THAT(codes(importText("a.json", R"({"shapes": [], "imageWidth": 61, "imageHeight": 40})")),
                ElementsAre(ErrorCode::LabelsSizeMismatch));
    EXPECT_THAT(codes(importText("c.json", R"({"annotations": [], "images": [
                    {"id": 1, "file_name": "a.png", "width": 60, "height": 41}]})")),
                ElementsAre(ErrorCode::LabelsSizeMismatch));
}

TEST_F(LabelImports, ASingleFileWithoutAnImageIsOfTheOneOnTheScreen) {
    const IndexMask mask = testing::nestedMask({60, 40}, 1);
    for (const char* name : {"drawn.png", "other.png"})
        ASSERT_TRUE(
            exportMask(folder / name, LabelMap::fromMask(mask), testing::twoClasses(), {}).has_value());
    const LabelImport one = import({folder / "drawn.png"});
    ASSERT_THAT(one.images, SizeIs(1));
    EXPECT_EQ(one.images[0].target, 1U);
    EXPECT_THAT(codes(import({folder / "drawn.png", folder / "other.png"})),
                ElementsAre(ErrorCode::LabelsNoImage, ErrorCode::LabelsNoImage));
    shown.reset();
    EXPECT_THAT(codes(import({folder / "drawn.png"})), ElementsAre(ErrorCode::LabelsNoImage));
}

TEST_F(LabelImports, WhatIsNoLabelsIsRefusedByNameAndPassedOverInAFolder) {
    EXPECT_THAT(codes(importText("a.txt", "words")), ElementsAre(ErrorCode::LabelsFormatUnknown));
    EXPECT_THAT(codes(importText("a.json", "{\"version\": 1}")), ElementsAre(ErrorCode::LabelsFormatUnknown));
    EXPECT_THAT(codes(importText("b.json", "{\"shapes\": [")), ElementsAre(ErrorCode::LabelsMalformed));
    EXPECT_THAT(codes(import({folder / "none.png"})), ElementsAre(ErrorCode::FileMissing));
    std::filesystem::remove(folder / "b.json");
    const LabelImport all = import({folder.path()});
    EXPECT_THAT(all.problems, IsEmpty());
    EXPECT_THAT(all.images, IsEmpty());
}

TEST_F(LabelImports, AnImageWithADamagedAnnotationIsLeftOutWhole) {
    const std::string head = R"({"images": [{"id": 1, "file_name": "a.png"}],
        "categories": [{"id": 1, "name": "x"}], "annotations": [{"id": 7, "image_id": 1, "category_id": )";
    for (const char* tail :
         {R"(2, "segmentation": []}]})", R"(1, "segmentation": [[1, 2, 3]]}]})",
          R"(1, "segmentation": {"size": [40, 60], "counts": [2401]}}]})",
          R"(1, "segmentation": {"size": [40, 60], "counts": [-5, 2405]}}]})",
          R"(1, "segmentation": {"size": [40, 61], "counts": [2400]}}]})",
          R"(1, "segmentation": {"size": [40, 60], "counts": "oooooooooooooooooooooo"}}]})",
          R"(1, "segmentation": 5}]})", R"(1}]})"}) {
        const LabelImport found = importText("coco.json", head + tail);
        EXPECT_THAT(codes(found), ElementsAre(ErrorCode::LabelsMalformed)) << tail;
        EXPECT_THAT(found.images, IsEmpty()) << tail;
    }
}

TEST_F(LabelImports, NoBytesOfAJsonFileDoMoreThanFail) {
    const ClassTable classes = testing::twoClasses();
    const IndexMask mask = testing::nestedMask({60, 40}, 3);
    const std::vector<CocoImage> images = {testing::cocoImage("a.png", mask)};
    ASSERT_TRUE(exportCoco(folder / "coco.json", images, classes, {}).has_value());
    ASSERT_TRUE(
        exportLabelme(folder / "a.json", folder / "images/a.png", LabelMap::fromMask(mask), classes, {})
            .has_value());
    std::mt19937 random(4);
    for (const char* name : {"coco.json", "a.json"}) {
        const std::vector<uint8_t> sound = readFile(folder / name).value();
        for (int round = 0; round < 150; ++round) {
            std::vector<uint8_t> damaged = sound;
            if (round % 5 == 0) damaged.resize(random() % damaged.size());
            // Digits for digits, so that most of it still is JSON.
            for (int flips = 0; flips < 8 && !damaged.empty(); ++flips) {
                uint8_t& byte = damaged[random() % damaged.size()];
                byte = byte >= '0' && byte <= '9' ? static_cast<uint8_t>('0' + random() % 10)
                                                  : static_cast<uint8_t>(round % 3 == 0 ? random() : byte);
            }
            ASSERT_TRUE(writeFileAtomically(folder / "damaged.json", damaged).has_value());
            for (const ImportedLabels& labels : import({folder / "damaged.json"}).images)
                EXPECT_EQ(labels.labels.size(), (PixelSize{60, 40}));
        }
    }
}

}  // namespace
}  // namespace finebrush
