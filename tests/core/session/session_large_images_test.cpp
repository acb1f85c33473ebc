#include "core/base/cell_grid.h"
#include "core/image/raster/large_raster.h"
#include "core/image/raster/raster_reader.h"
#include "core/image/raster/sample_conversion.h"
#include "core/image/raster/sample_halving.h"
#include "core/labels/brush_stroke.h"
#include "core/project/input_limits.h"
#include "core/session/engine/adapt_request.h"
#include "core/session/engine/mask_prompter.h"
#include "core/session/exports/grid_exports.h"
#include "core/session/images/image_jobs.h"
#include "core/session/images/overview_maker.h"
#include "core/session/labels/labelled_folder.h"
#include "core/session/labels/superpixel_maker.h"
#include "tests/core/exporters/export_fixtures.h"
#include "tests/core/image/image_fixtures.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <cstring>
#include <span>
#include <thread>
#include <utility>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::makePrediction;
using testing::randomPixels;
using ::testing::SizeIs;
using testing::writeImage;

constexpr PixelSize kSize{3000, 2100};
const std::vector<std::string> kTiled = {"TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256"};

/// A session for which an image of a few megapixels is large.
class LargeImages : public testing::SessionTest {
  protected:
    LargeImages() {
        imageMemory.wholeBytes = uint64_t{4} << 20;
        imageMemory.overviewSide = 400;
        restart();
        pixels = randomPixels(kSize, 1, PixelType::UInt16);
        levels = {pixels};
        writeImage(folder / "images/big.tif", "GTiff", pixels, kTiled);
    }
    static std::filesystem::path made(const std::filesystem::path& path) {
        std::filesystem::create_directories(path);
        return path;
    }

    bool isMakingOverviews() const {
        const auto progress = eventsOf<OverviewProgress>();
        return progress.empty() || progress.back().isRunning;
    }
    /// Adds the image, and waits for its overviews.
    ImageId addBig() {
        session->addImages({folder / "images/big.tif"});
        EXPECT_TRUE(queue.runUntil([&] { return session->shownImage() && !isMakingOverviews(); }));
        EXPECT_TRUE(queue.runUntil([&] { return session->shownImage()->displayed->bytes == pictureOf(3); }));
        return session->shownImage()->id;
    }
    const PixelBuffer& level(size_t n) {
        while (levels.size() <= n) levels.push_back(halved(levels.back()));
        return levels[n];
    }
    std::vector<uint8_t> pictureOf(int n) {
        return toDisplayRgb(level(static_cast<size_t>(n)), session->shownImage()->display);
    }
    /// What a network gets of a window by the automatic range: the limits are of the whole image.
    PixelBuffer window(const RectInImage& rect) {
        PixelBuffer part = cropped(pixels, rect);
        part.limits = measuredLimits(level(3), {});
        return part;
    }
    /// The picture of tiles, once all are painted.
    std::vector<TilePainted> paintedTiles(const std::vector<TileAddress>& tiles) {
        events.clear();
        session->wantTiles(tiles);
        EXPECT_TRUE(queue.runUntil([&] { return eventsOf<TilePainted>().size() == tiles.size(); }));
        return eventsOf<TilePainted>();
    }

    std::filesystem::path images = made(folder / "images");
    PixelBuffer pixels;
    std::vector<PixelBuffer> levels;
};

TEST_F(LargeImages, TheFirstPictureIsRoughAndBecomesTheOverview) {
    session->addImages({folder / "images/big.tif"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    const auto shown = session->shownImage();
    ASSERT_TRUE(shown->isLarge());
    EXPECT_EQ(shown->pixels.size, kSize);
    EXPECT_TRUE(shown->pixels.bytes.empty()) << "the image is not read as a whole";
    EXPECT_EQ(shown->overview->size, (PixelSize{375, 263}));
    EXPECT_EQ(shown->displayed->bytes.size(), 375U * 263 * 3);
    EXPECT_THAT(session->images().front().thumbnail.rgb(), SizeIs(96 * 67 * 3));

    ASSERT_TRUE(queue.runUntil([&] { return !isMakingOverviews(); }));
    EXPECT_EQ(*shown->overview, level(3));
    ASSERT_TRUE(queue.runUntil([&] { return shown->displayed->bytes == pictureOf(3); }));
    EXPECT_EQ(shown->display, defaultDisplayMapping(level(3)));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(images), {}), 1)
        << "nothing beside the image";
}

TEST_F(LargeImages, HowAnOverviewIsShownIsKnownBeforeItIsHandedOver) {
    const std::shared_ptr<LargeRaster> raster =
        LargeRaster::open(folder / "images/big.tif", imageMemory).value();
    Result<MadeOverviews> made;
    const auto end = [&](const ImageId&, const Result<MadeOverviews>& outcome) { made = outcome; };
    const auto check = [](const ImageId&, double, const ShownOverview& overview) {
        EXPECT_EQ(overview.usualDisplay, defaultDisplayMapping(*overview.pixels));
    };
    OverviewMaker maker(queue.post(), {check, end});
    maker.complete("big", raster);
    ASSERT_TRUE(queue.runUntil([&] { return !maker.isRunning(); }));
    ASSERT_TRUE(made && made->overview);
    EXPECT_EQ(*made->overview->pixels, level(3));
    EXPECT_EQ(made->overview->usualDisplay, defaultDisplayMapping(level(3)));
    EXPECT_EQ(made->thumbnail.rgb(), thumbnailOf(level(3), made->overview->usualDisplay).rgb);
}

TEST_F(LargeImages, OverviewsAreMadeOnce) {
    addBig();
    saveAs(folder / "a.fbrush");
    restart();
    open(folder / "a.fbrush");
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_EQ(*session->shownImage()->overview, level(3));
    EXPECT_THAT(eventsOf<OverviewProgress>(), IsEmpty());
}

TEST_F(LargeImages, TilesAreThePictureOfTheWholeImage) {
    addBig();
    for (int n = 0; n < 3; ++n) {
        const PixelBuffer& whole = level(static_cast<size_t>(n));
        const std::vector<TileAddress> tiles = {
            {n, 1, 1}, {n, 0, 0}, {n, (whole.size.width - 1) / kTileSide, 0}};
        for (const TilePainted& tile : paintedTiles(tiles)) {
            const PixelBuffer part = cropped(whole, tileRect(kSize, tile.tile));
            EXPECT_EQ(tile.size, part.size);
            EXPECT_EQ(*tile.rgb, toDisplayRgb(part, session->shownImage()->display)) << "level " << n;
        }
    }
}

TEST_F(LargeImages, WhatLiesAroundTheScreenIsDecodedAhead) {
    addBig();
    const auto raster = session->shownImage()->raster;
    paintedTiles({{0, 4, 3}, {0, 5, 3}});
    const auto isKept = [&](const TileAddress& tile) {
        for (int i = 0; i < 2000 && !raster->keptTile(tile); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return raster->keptTile(tile) != nullptr;
    };
    EXPECT_TRUE(isKept({0, 7, 3}));
    EXPECT_TRUE(isKept({0, 2, 1}));
    EXPECT_EQ(raster->keptTile({0, 8, 3}), nullptr) << "not all of the image";
    EXPECT_THAT(eventsOf<TilePainted>(), SizeIs(2)) << "what was not wished for is not painted";
}

TEST_F(LargeImages, TilesFollowTheDisplay) {
    addBig();
    const DisplayMapping display{.low = 100, .high = 30000, .gamma = 2, .inverted = true};
    session->setDisplay(display);
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage()->display == display; }));
    const TilePainted tile = paintedTiles({{0, 2, 3}}).front();
    EXPECT_EQ(*tile.rgb, toDisplayRgb(cropped(pixels, {512, 768, 256, 256}), display));
}

TEST_F(LargeImages, APixelIsKnownAtOnceOrALittleLater) {
    addBig();
    EXPECT_EQ(session->pixelAt(1700, 900), std::nullopt);
    ASSERT_TRUE(waitFor<PixelsKnown>());
    EXPECT_EQ(session->pixelAt(1700, 900), cropped(pixels, {1700, 900, 1, 1}));
    EXPECT_EQ(session->pixelAt(3000, 900), std::nullopt) << "outside";
}

TEST_F(LargeImages, LabelsAreKept) {
    const ImageId id = addBig();
    paint(1, {2900, 2000}, 40);
    paint(0, {5, 5});
    session->undo();
    EXPECT_EQ(session->labels().at(5, 5), kUnlabelled);
    saveAs(folder / "a.fbrush");
    restart();
    open(folder / "a.fbrush");
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    EXPECT_EQ(session->labels().at(2900, 2000), 1);
    EXPECT_EQ(session->shownImage()->id, id);
}

TEST_F(LargeImages, OverviewsThatAreStoppedBeginAgainTheNextTime) {
    session->addImages({folder / "images/big.tif"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    session->stopOverviews();
    ASSERT_TRUE(queue.runUntil([&] { return !isMakingOverviews(); }));
    EXPECT_THAT(noticed(), IsEmpty());
    if (session->shownImage()->raster->hasPyramid())
        GTEST_SKIP() << "NOT TESTED: the overviews were made before they could be stopped";
    const ImageId big = session->shownImage()->id;
    addPicture("small.png");
    events.clear();
    show(big);
    ASSERT_TRUE(queue.runUntil([&] { return !isMakingOverviews(); }));
    EXPECT_EQ(*session->shownImage()->overview, level(3));
}

TEST_F(LargeImages, OverviewsOfAProjectThatIsLeftAreGivenUp) {
    session->addImages({folder / "images/big.tif"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() != nullptr; }));
    const std::shared_ptr<LargeRaster> raster = session->shownImage()->raster;
    if (raster->hasPyramid())
        GTEST_SKIP() << "NOT TESTED: the overviews were made before they could be stopped";
    session->newProject();
    ASSERT_TRUE(queue.runUntil([&] { return !isMakingOverviews(); }));
    EXPECT_FALSE(raster->hasPyramid());
    EXPECT_THAT(noticed(), IsEmpty());
}

TEST_F(LargeImages, AnImageOfAnImportedFolderIsNotReadAsAWhole) {
    const Result<ImportedFolder> imported = importLabelledFolder(images, imageMemory, {}, {});
    ASSERT_TRUE(imported.has_value()) << describe(imported.error());
    ASSERT_THAT(imported->images, SizeIs(1));
    const std::shared_ptr<LargeRaster> raster =
        LargeRaster::open(folder / "images/big.tif", imageMemory).value();
    const PixelBuffer overview = raster->readOverview().value();
    EXPECT_EQ(imported->images.front().record.thumbnail.rgb(),
              thumbnailOf(overview, defaultDisplayMapping(overview)).rgb)
        << "of a few samples";
}

TEST_F(LargeImages, ATileThatCannotBeDecodedIsEmptyAndSaidOnce) {
    std::vector<uint8_t> bytes = testing::bytesOf(folder / "images/big.tif");
    bytes.resize(bytes.size() / 2);
    testing::writeBytes(folder / "images/big.tif", bytes);
    session->addImages({folder / "images/big.tif"});
    ASSERT_TRUE(queue.runUntil([&] { return session->shownImage() && !isMakingOverviews(); }));
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ImageDamaged));
    const auto tiles = paintedTiles({{0, 0, 0}, {0, 10, 8}, {0, 11, 8}});
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ImageDamaged));
    for (const TilePainted& tile : tiles) EXPECT_EQ(tile.rgb->empty(), tile.tile.row == 8);
}

TEST_F(LargeImages, AFileThatHoldsNothingOfWhatItClaimsIsOneSentence) {
    std::vector<uint8_t> bytes = testing::bytesOf(folder / "images/big.tif");
    bytes.resize(3000);
    testing::writeBytes(folder / "images/big.tif", bytes);
    session->addImages({folder / "images/big.tif"});
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::ImageDamaged));
    EXPECT_TRUE(session->images().empty());
}

// ---- exports ----

TEST_F(LargeImages, AnOverlayHasTheSizeOfTheOverview) {
    addBig();
    paint(1, {1500, 1000}, 200);
    events.clear();
    session->exportOverlays(folder / "out", 1);
    ASSERT_TRUE(waitFor<JobFinished>());
    const PixelBuffer overlay = readRaster(folder / "out/big_overlay.png").value();
    EXPECT_EQ(overlay.size, (PixelSize{375, 263}));
    const Colour colour = session->classes().classes()[1].colour;
    const size_t middle = (size_t{125} * 375 + 187) * 3;
    EXPECT_EQ(overlay.bytes[middle], colour.red);
    EXPECT_EQ(overlay.bytes[middle + 2], colour.blue);
}

TEST_F(LargeImages, OnlyMasksMayBeOfAnySize) {
    ExportInput input;
    input.classes = testing::twoClasses();
    ImageRecord record;
    record.path = folder / "images/big.tif";
    record.size = kSize;
    LabelMap labels(kSize);
    labels.fill({2500, 1000, 400, 1000}, 5);
    input.images.push_back({record, labels, nullptr});
    input.folder = folder / "out";
    input.memory = imageMemory;
    input.mostPixels = 1000000;
    EXPECT_EQ(exportLabelme(input, {}).error().code, ErrorCode::ExportTooLarge);
    EXPECT_EQ(exportOnGrid(input, GridFormat::GeoJson, {}).error().code, ErrorCode::ExportTooLarge);
    const auto placed = exportOnGrid(input, GridFormat::GeoTiff, {});
    ASSERT_TRUE(placed) << describe(placed.error());
    EXPECT_THAT(placed->files, ElementsAre(folder / "out/big_mask.tif"));
    EXPECT_EQ(readIndexMask(folder / "out/big_mask.tif").value(), labels.toMask());
    const auto masks = exportMasks(input, {});
    ASSERT_TRUE(masks) << describe(masks.error());
    EXPECT_THAT(masks->files, ElementsAre(folder / "out/big_mask.png"));
    EXPECT_EQ(readIndexMask(folder / "out/big_mask.png").value(), labels.toMask());

    input.mostPixels = kMostPixelsAtOnce;
    EXPECT_EQ(exportOnGrid(input, GridFormat::GeoTiff, {}).error().code, ErrorCode::NothingToExport)
        << "a small one without a place is a PNG";
}

// ---- the network ----

TEST_F(LargeImages, ThePaintedCellsAreLearnedFrom) {
    const ImageId id = addBig();
    paint(0, {500, 400}, 30);
    paint(1, {2990, 2090}, 8);
    session->setSeen({900, 900, 300, 300});
    beginAdaptation();
    const messages::Adapt request = engine.heard<messages::Adapt>().front();
    ASSERT_THAT(request.images, SizeIs(2));
    for (const messages::LabelledImage& image : request.images) {
        const auto place = cellFromId(image.imageId);
        ASSERT_TRUE(place);
        EXPECT_EQ(place->image, id);
        EXPECT_EQ(place->cell.level, 0);
        const RectInImage rect = cellRect(kSize, place->cell);
        EXPECT_EQ(image.pixels, window(rect));
        EXPECT_EQ(image.labels.size, (PixelSize{1024, 1024}));
        const bool isFirst = place->cell == CellAddress{0, 0, 0};
        EXPECT_EQ(isFirst ? image.labels.at(500, 400) : image.labels.at(2990 - rect.x, 2090 - rect.y),
                  !isFirst);
    }
    EXPECT_EQ(request.preview->imageId, cellId(id, {0, 1, 1}));
    EXPECT_EQ(request.preview->pixels, window({1024, 1024, 1024, 1024}));
}

TEST_F(LargeImages, AllThatIsPaintedIsLearnedFromThoughThereAreNoOverviewsYet) {
    const PixelSize size{5000, 3100};
    const std::filesystem::path file = folder / "wide.tif";
    writeImage(file, "GTiff", randomPixels(size, 1, PixelType::UInt8), kTiled);
    AdaptInput input;
    input.classes = testing::makeClasses({"a", "b"});
    input.memory = imageMemory;
    LabelMap labels(size);
    for (int y = 500; y < size.height; y += 1024) {
        for (int x = 500; x < size.width; x += 1024)
            labels.write({x, y, 2, 1}, std::vector<uint8_t>{input.classes.classes()[0].value,
                                                            input.classes.classes()[1].value});
    }
    input.labelled.push_back({describeImage(file, std::nullopt, imageMemory).value().record, labels});
    const Result<AdaptRequest> request = makeAdaptRequest(input, {});
    ASSERT_TRUE(request.has_value()) << describe(request.error());
    EXPECT_THAT(request->problems, IsEmpty());
    EXPECT_EQ(request->cellLevel, 1);
    const std::span<const uint8_t> frame = request->frame;
    const auto message = messages::decodeToEngine(frame.subspan(messages::kLengthBytes));
    ASSERT_TRUE(message.has_value()) << describe(message.error());
    EXPECT_THAT(std::get<messages::Adapt>(*message).images, SizeIs(3 * 2));
}

TEST_F(LargeImages, WhatIsSeenIsPredictedAndCanBeAccepted) {
    const ImageId id = addBig();
    paint(0, {500, 400}, 30);
    paint(1, {600, 500}, 8);
    session->setSeen({0, 0, 900, 900});
    beginAdaptation();
    finishAdaptation();
    ASSERT_EQ(session->predictedCells(id), nullptr);
    engine.say(makePrediction(cellId(id, {0, 0, 0}), {1024, 1024}, 1, true));
    ASSERT_TRUE(session->predictedCells(id));
    EXPECT_EQ(session->predictedCells(id)->at(1023, 1023), 1);
    EXPECT_EQ(session->predictedCells(id)->at(1024, 1023), kUnlabelled);

    session->setSeen({1100, 0, 300, 300});
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::Predict>().empty(); }));
    const messages::Predict asked = engine.heard<messages::Predict>().front();
    EXPECT_EQ(asked.imageId, cellId(id, {0, 1, 0}));
    EXPECT_EQ(asked.pixels, window({1024, 0, 1024, 1024}));
    engine.say(makePrediction(asked.imageId, {1024, 1024}, 1, true));
    session->describeModels({});  // leaves after whatever was asked before it
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::DescribeModels>().empty(); }));
    EXPECT_THAT(engine.heard<messages::Predict>(), SizeIs(1)) << "all that is seen is predicted";

    ASSERT_TRUE(session->canAccept());
    session->acceptPrediction(false);
    EXPECT_EQ(session->labels().at(1500, 700), 1);
    EXPECT_EQ(session->labels().at(500, 400), 0) << "what was painted stays";
    EXPECT_EQ(session->labels().at(2500, 700), kUnlabelled);
    session->undo();
    EXPECT_EQ(session->labels().at(1500, 700), kUnlabelled);
}

/// What of labels lies on values up to a highest one.
LabelMap upTo(uint16_t highest, LabelMap labels, const PixelBuffer& pixels, const RectInImage& rect) {
    for (int y = rect.y; y < rect.bottom(); ++y) {
        for (int x = rect.x; x < rect.right(); ++x) {
            uint16_t value = 0;
            std::memcpy(&value, &pixels.bytes[(static_cast<size_t>(y) * kSize.width + x) * sizeof value],
                        sizeof value);
            if (value > highest) labels.fill({x, y, 1, 1}, kUnlabelled);
        }
    }
    return labels;
}

TEST_F(LargeImages, AStrokeKeepsToTheValuesOnceTheirPixelsAreRead) {
    addBig();
    session->setPaintedValues({true, 0, ValueRange{0, 20000}});
    LabelMap whole(kSize);
    BrushStroke stroke(whole, 1, 40);
    stroke.extendTo({1500, 900});
    const LabelMap expected = upTo(20000, whole, pixels, stroke.touched());

    session->beginStroke(1, 40, {1500, 900});
    EXPECT_EQ(session->labels(), whole) << "is seen meanwhile";
    session->finishPainting();
    EXPECT_TRUE(session->labels().isEmpty()) << "the window does not wait for the file";
    EXPECT_TRUE(session->hasUnsavedWork());
    ASSERT_TRUE(queue.runUntil([&] { return session->labels() == expected; }));
    session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
    EXPECT_FALSE(session->canUndo());

    session->beginStroke(1, 40, {1500, 900});
    EXPECT_EQ(session->labels(), expected) << "the pixels were read before";
    session->finishPainting();
    EXPECT_EQ(session->labels(), expected);
    EXPECT_TRUE(session->canUndo());
}

TEST_F(LargeImages, TilesThatAreDecodedForTheScreenSayWhichValuesAStrokeFinds) {
    addBig();
    ASSERT_TRUE(session->shownImage()->raster->tile({0, 5, 3}));
    session->setPaintedValues({true, 0, ValueRange{0, 20000}});
    LabelMap whole(kSize);
    BrushStroke stroke(whole, 1, 40);
    stroke.extendTo({1400, 900});
    paint(1, {1400, 900}, 40);
    EXPECT_EQ(session->labels(), upTo(20000, whole, pixels, stroke.touched()));
}

TEST_F(LargeImages, AFillKeepsToTheValuesAndSaysWhereThereAreNone) {
    addBig();
    const RectInImage rect{300, 200, 700, 500};
    const PixelRegion region = PixelRegion::ofRect(rect, kSize);
    session->setPaintedValues({true, 0, ValueRange{0, 20000}});
    LabelMap whole(kSize);
    whole.fill(rect, 1);
    session->fill(region, 1);
    ASSERT_TRUE(queue.runUntil([&] { return session->labels() == upTo(20000, whole, pixels, rect); }));
    events.clear();
    session->setPaintedValues({true, 0, ValueRange{70000, 80000}});
    session->fill(region, 0);
    ASSERT_TRUE(waitFor<NothingInRange>());
    events.clear();
    paint(0, {2000, 1500}, 40);
    ASSERT_TRUE(waitFor<NothingInRange>());
    EXPECT_EQ(session->labels().histogram()[0], 0);
}

TEST_F(LargeImages, ACellIsPredictedAgainOnceTheImageIsShownInAnotherWay) {
    const ImageId id = addBig();
    paint(0, {500, 400}, 30);
    paint(1, {600, 500}, 8);
    session->setSeen({0, 0, 900, 900});
    messages::AdaptationSettings settings;
    settings.inputRange = "displayed";
    session->adapt(settings);
    ASSERT_TRUE(queue.runUntil([&] { return engine.isRunning; }));
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([&] { return session->engineState() == EngineState::Adapting; }));
    finishAdaptation();
    engine.say(makePrediction(cellId(id, {0, 0, 0}), {1024, 1024}, 1, true));
    session->setDisplay({100, 30000});
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::Predict>().empty(); }));
    EXPECT_EQ(engine.heard<messages::Predict>().front().imageId, cellId(id, {0, 0, 0}));
    EXPECT_EQ(engine.heard<messages::Predict>().front().pixels,
              toDisplayedPixels(cropped(pixels, {0, 0, 1024, 1024}), {100, 30000}));
}

TEST_F(LargeImages, TheWandFillsWhatIsSeenAtFullResolution) {
    addBig();
    const RectInImage seen{300, 200, 400, 300};
    session->previewFill({SimilarColours{{500, 400}, 255}, 1, seen});
    ASSERT_TRUE(queue.runUntil([&] { return session->labels().at(500, 400) == 1; }));
    EXPECT_EQ(session->labels().histogram()[1], seen.area());
    session->previewFill({SimilarColours{{500, 400}, 0}, 1, seen});
    ASSERT_TRUE(queue.runUntil([&] { return session->labels().histogram()[1] < 100; }));
    EXPECT_EQ(session->labels().at(500, 400), 1);
    session->finishFill();
    session->undo();
    EXPECT_TRUE(session->labels().isEmpty());
    EXPECT_FALSE(session->canUndo());
}

TEST_F(LargeImages, SuperpixelsAreCutOfTheFullResolution) {
    addBig();
    session->superpixels().want({1000, 800, 80, 40}, {}, 10);
    ASSERT_TRUE(waitFor<SuperpixelsChanged>());
    const auto superpixels = session->superpixels().current();
    ASSERT_TRUE(superpixels);
    EXPECT_EQ(superpixels->rect(), (RectInImage{980, 790, 120, 60}));
    EXPECT_EQ(superpixels->count(), 12 * 6);
}

TEST_F(LargeImages, AfterAStoppedTrainingWhatIsSeenIsAskedForAndTheLivePredictionStaysMeanwhile) {
    const ImageId id = addBig();
    paint(0, {500, 400}, 30);
    paint(1, {600, 500}, 8);
    session->setSeen({0, 0, 900, 900});
    beginAdaptation();
    engine.say(makePrediction(cellId(id, {0, 0, 0}), {1024, 1024}, 1, false));
    session->stop();
    messages::Adapted outcome;
    outcome.stopped = true;
    outcome.adapter = {{"adapter_config.json", {'{', '}'}}};
    engine.say(outcome);
    ASSERT_TRUE(session->predictedCells(id));
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::Predict>().empty(); }));
    EXPECT_EQ(engine.heard<messages::Predict>().front().imageId, cellId(id, {0, 0, 0}));

    const auto live = session->predictedCells(id);
    EXPECT_EQ(session->earlierCells(id), nullptr);
    beginAdaptation();
    EXPECT_EQ(session->predictedCells(id), nullptr);
    EXPECT_EQ(session->earlierCells(id), live) << "to be compared with what comes";
}

TEST_F(LargeImages, APromptGetsThePartThatIsSeen) {
    addBig();
    session->prompter().takeUp();
    session->prompter().setVisible({1024, 1024, 200, 200});
    ASSERT_TRUE(queue.runUntil([&] { return engine.isRunning; }));
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::EmbedView>().empty(); }));
    const messages::EmbedView view = engine.heard<messages::EmbedView>().front();
    const DisplayMapping display = session->shownImage()->display;
    EXPECT_EQ(view.pixels.bytes, toDisplayRgb(cropped(pixels, view.rect), display));
    EXPECT_EQ(view.pixels.limits, measuredLimits(toDisplayedPixels(level(3), display), {}));
}

}  // namespace
}  // namespace finebrush
