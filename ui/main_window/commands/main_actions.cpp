#include "ui/main_window/commands/main_actions.h"

#include "ui/bridge/read_only.h"
#include "ui/keys/key_map.h"
#include "ui/keys/key_text.h"
#include "ui/settings/icons.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <iterator>

namespace finebrush {

namespace {

struct Entry {
    Command command;
    const char* name;  ///< objectName
    const char* icon;  ///< null: none
    const char* keys;  ///< portable text, several ways apart by a blank
    const char* text;
    const char* toolTip;  ///< null: as the text
};

constexpr auto kContext = "finebrush::MainActions";

constexpr auto kChooseClass = QT_TRANSLATE_NOOP("finebrush::MainActions", "Choose the class of key %1");

// In the order of `Command`.
constexpr Entry kEntries[] = {
    {Command::NewProject, "NewProject", nullptr, "Ctrl+N",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&New project"), nullptr},
    {Command::OpenImages, "OpenImages", "open", "Ctrl+O",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Open images…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Open images")},
    {Command::OpenFolder, "OpenFolder", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Open &folder with labels…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Start a project from a folder that holds “images” and “labels”")},
    {Command::OpenProject, "OpenProject", nullptr, "Ctrl+Shift+O",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Open &project…"), nullptr},
    {Command::RecoverWork, "RecoverWork", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Recover &unsaved work…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "List earlier work that was not saved to a file")},
    {Command::FindImages, "FindImages", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Find mo&ved images…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Look for missing images in a folder")},
    {Command::ImportLabels, "ImportLabels", nullptr, "Ctrl+I",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Labels…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Import labels for the images of the project: index images, COCO, labelme, GeoJSON, "
                       "NIfTI, DICOM segmentations")},
    {Command::ImportClasses, "ImportClasses", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Class list…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Import names and colours of classes: JSON, ITK-SNAP, CVAT, QGIS")},
    {Command::ImportAdapter, "ImportAdapter", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "A&dapter…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Predict with what was trained elsewhere: a folder of Finebrush or AutoGluon")},
    {Command::Save, "SaveProject", "save", "Ctrl+S",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Save project"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Save the project")},
    {Command::SaveAs, "SaveProjectAs", nullptr, "Ctrl+Shift+S",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Save project &as…"), nullptr},
    {Command::ExportMasks, "ExportMasks", "export", "Ctrl+E",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Masks (PNG)…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Export masks: an index image for each image")},
    {Command::ExportOverlays, "ExportOverlays", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "O&verlays (PNG)…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Export pictures of the images with their masks")},
    {Command::ExportCoco, "ExportCoco", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&COCO (JSON)…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Export one COCO file of all images")},
    {Command::ExportLabelme, "ExportLabelme", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&labelme (JSON)…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Export a labelme file for each image")},
    {Command::ExportGeoTiff, "ExportGeoTiff", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Masks as &GeoTIFF…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Export class numbers on the grid of each map, unlabelled pixels as no data (255)")},
    {Command::ExportGeoPackage, "ExportGeoPackage", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Polygons as Geo&Package…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Export outlines in the reference system of each map")},
    {Command::ExportGeoJson, "ExportGeoJson", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Polygons as Geo&JSON…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Export outlines: of a map on WGS 84, of any other image in pixels")},
    {Command::ExportLabelVolume, "ExportLabelVolume", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Label volume (&NIfTI), unlabelled as 0…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Export the slices of all views as one volume, for ITK-SNAP and 3D Slicer; voxels "
                       "without a label get 0, the value of “Background” in a new project")},
    {Command::ExportLabelVolumeWithUnlabelled, "ExportLabelVolumeWithUnlabelled", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Label volume (NIfTI), unlabelled as &255…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Export the slices of all views as one volume; voxels without a label get 255, which "
                       "keeps them apart from every class")},
    {Command::ExportSegmentation, "ExportSegmentation", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "DICOM &segmentation…"),
     QT_TRANSLATE_NOOP(
         "finebrush::MainActions",
         "Export the slices of all views as segments; the file does not say who the patient is")},
    {Command::ExportSegmentationOfPatient, "ExportSegmentationOfPatient", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "DICOM segmentation with &patient…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Export the slices of all views as segments, with the patient's name and ID, as an "
                       "archive needs it")},
    {Command::ExportStatistics, "ExportStatistics", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Class s&tatistics (CSV)…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Export a table: how many pixels of each image every class has, and their area")},
    {Command::ExportAdapter, "ExportAdapter", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "A&dapter…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Export what was trained: finebrush-engine predicts with it")},
    {Command::ExportCurves, "ExportCurves", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Learning c&urves (CSV)…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Export the learning curves: the numbers that the charts show")},
    {Command::ExportClasses, "ExportClasses", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Class l&ist…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Export names and colours of the classes: JSON, ITK-SNAP, CVAT, QGIS")},
    {Command::Quit, "Quit", nullptr, "Ctrl+Q", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Quit"), nullptr},
    {Command::Undo, "Undo", "undo", "Ctrl+Z", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Undo"), nullptr},
    {Command::Redo, "Redo", "redo", "Ctrl+Y Ctrl+Shift+Z",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Redo"), nullptr},
    {Command::Brush, "BrushTool", "brush", "B", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Brush"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Paint; the right button erases")},
    {Command::Eraser, "EraserTool", "eraser", "E", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Eraser"),
     nullptr},
    {Command::Line, "LineTool", "line", "/", QT_TRANSLATE_NOOP("finebrush::MainActions", "L&ine"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Line: drag a straight stroke of the brush")},
    {Command::Superpixels, "SuperpixelTool", "superpixels", "Q",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Superpi&xel brush"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Superpixel brush: paint small areas of one colour, whole, along their edges")},
    {Command::Polygon, "PolygonTool", "polygon", "P", QT_TRANSLATE_NOOP("finebrush::MainActions", "P&olygon"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Polygon: click its corners, and fill it")},
    {Command::Rectangle, "RectangleTool", "rectangle", "R",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Rectangle"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Rectangle: drag to fill it")},
    {Command::Lasso, "LassoTool", "lasso", "L", QT_TRANSLATE_NOOP("finebrush::MainActions", "L&asso"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Lasso: draw around what is to be filled")},
    {Command::Fill, "FillTool", "fill", "F", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Fill"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Fill: click an area of one label")},
    {Command::Wand, "WandTool", "wand", "W", QT_TRANSLATE_NOOP("finebrush::MainActions", "Magic &wand"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Magic wand: click an area of one colour, drag for a wider one")},
    {Command::Sam, "SamTool", "sam", "S", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Segment anything"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Segment anything: drag a box around an object, or click it")},
    {Command::Pick, "PickTool", "pick", "I", QT_TRANSLATE_NOOP("finebrush::MainActions", "Pick a &class"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Pick the class under the pointer")},
    {Command::Pan, "PanTool", "pan", "H", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Pan"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Move the image; also the middle button or Space")},
    {Command::LargerBrush, "LargerBrush", nullptr, "] .",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Larger brush"), nullptr},
    {Command::SmallerBrush, "SmallerBrush", nullptr, "[ ,",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "S&maller brush"), nullptr},
    {Command::PressureSizes, "PressureSizes", "pen-pressure", "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Pen press&ure changes the size"), nullptr},
    {Command::PressTool, "PressTool", nullptr, "Ins",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Press &the tool at the pointer"),
     QT_TRANSLATE_NOOP(
         "finebrush::MainActions",
         "Press the tool at the pointer, as the mouse does; while its key is held, arrows drag")},
    {Command::PressRight, "PressRight", nullptr, "Shift+Ins",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Press t&he right button at the pointer"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Press the right button at the pointer, as the mouse does; while its key is held, "
                       "arrows drag")},
    {Command::SwapClass, "SwapClass", nullptr, "X",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "S&wap with the first class"), nullptr},
    {Command::Class1, "Class1", nullptr, "1", kChooseClass, nullptr},
    {Command::Class2, "Class2", nullptr, "2", kChooseClass, nullptr},
    {Command::Class3, "Class3", nullptr, "3", kChooseClass, nullptr},
    {Command::Class4, "Class4", nullptr, "4", kChooseClass, nullptr},
    {Command::Class5, "Class5", nullptr, "5", kChooseClass, nullptr},
    {Command::Class6, "Class6", nullptr, "6", kChooseClass, nullptr},
    {Command::Class7, "Class7", nullptr, "7", kChooseClass, nullptr},
    {Command::Class8, "Class8", nullptr, "8", kChooseClass, nullptr},
    {Command::Class9, "Class9", nullptr, "9", kChooseClass, nullptr},
    {Command::Class0, "Class0", nullptr, "0", kChooseClass, nullptr},
    {Command::AddClass, "AddClassAction", nullptr, "Ctrl+Shift+N",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Add a class"), nullptr},
    {Command::RenameClass, "RenameClassAction", nullptr, "F2",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Re&name the class"), nullptr},
    {Command::MoveClassUp, "MoveClassUp", nullptr, "Ctrl+Shift+Up",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Move the class &up"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Move the current class up in the list")},
    {Command::MoveClassDown, "MoveClassDown", nullptr, "Ctrl+Shift+Down",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Mo&ve the class down"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Move the current class down in the list")},
    {Command::OnlyUnlabelled, "OnlyUnlabelled", "only-unlabelled", "O",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Paint &only on unlabelled pixels"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Paint only on unlabelled pixels: what has a label keeps it")},
    {Command::OnlyOverClass, "OnlyOverClass", nullptr, "Shift+O",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Paint only o&ver the current class"),
     QT_TRANSLATE_NOOP(
         "finebrush::MainActions",
         "Paint only over the class that is current now: then take up another class to paint with")},
    {Command::LockClass, "LockClass", "lock", "K",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Lock the class"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Lock the current class: nothing paints over it or erases it")},
    {Command::HideClass, "HideClass", nullptr, "Shift+K",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Hi&de the class"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Hide the current class on the image")},
    {Command::FillHoles, "FillHoles", nullptr, "Ctrl+Shift+H",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Fill &holes"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Fill what the current class encloses")},
    {Command::RemoveIslands, "RemoveIslands", nullptr, "Ctrl+Shift+I",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Remove &islands…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Erase the small pieces of the current class")},
    {Command::GrowClass, "GrowClass", nullptr, "Ctrl+]",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Grow by 1 px"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Grow the current class by 1 px")},
    {Command::ShrinkClass, "ShrinkClass", nullptr, "Ctrl+[",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Shrink by 1 px"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Shrink the current class by 1 px")},
    {Command::ClearLabels, "ClearLabels", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Cl&ear labels of this image"),
     QT_TRANSLATE_NOOP(
         "finebrush::MainActions",
         "Erase all labels of this image or slice but those of locked classes; undo brings them back")},
    {Command::CopyFromPrevious, "CopyFromPrevious", nullptr, "Ctrl+D",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Copy labels from the previous one"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Copy the labels of the nearest labelled slice or image before this one")},
    {Command::CopyFromNext, "CopyFromNext", nullptr, "Ctrl+Shift+D",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Copy labels from &the next one"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Copy the labels of the nearest labelled slice or image after this one")},
    {Command::Interpolate, "InterpolateSlices", nullptr, "Ctrl+L",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Interpolate &between slices"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Label the slices between the two nearest labelled ones by their shapes")},
    {Command::TakeCrossLabels, "TakeCrossLabels", nullptr, "Ctrl+Shift+L",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Take labels of the other views"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Label what is unlabelled in this slice as slices of the other views have it")},
    {Command::Preferences, "Preferences", nullptr, "Ctrl+;",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Pre&ferences…"), nullptr},
    {Command::EditKeys, "EditKeys", nullptr, "", QT_TRANSLATE_NOOP("finebrush::MainActions", "Edit &keys…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Edit the keys of all commands")},
    {Command::Fit, "Fit", "fit", "Ctrl+F", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Fit to the window"),
     nullptr},
    {Command::ActualSize, "ActualSize", "actual-size", "Ctrl+1",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Actual size"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Actual size, 1:1")},
    {Command::ZoomIn, "ZoomIn", nullptr,
     "Ctrl++ Ctrl+=", QT_TRANSLATE_NOOP("finebrush::MainActions", "Zoom &in"), nullptr},
    {Command::ZoomOut, "ZoomOut", nullptr, "Ctrl+-", QT_TRANSLATE_NOOP("finebrush::MainActions", "Zoom &out"),
     nullptr},
    {Command::ZoomHalf, "ZoomHalf", nullptr, "Ctrl+5",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Zoom to &50 %"), nullptr},
    {Command::ZoomTwice, "ZoomTwice", nullptr, "Ctrl+2",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Zoom to &200 %"), nullptr},
    {Command::ZoomFourfold, "ZoomFourfold", nullptr, "Ctrl+4",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Zoom to &400 %"), nullptr},
    {Command::ZoomEightfold, "ZoomEightfold", nullptr, "Ctrl+8",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Zoom to &800 %"), nullptr},
    {Command::TurnRight, "TurnRight", nullptr, "Ctrl+R",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Rotate vie&w right"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Rotate the view by 90° to the right; image and labels stay as they are")},
    {Command::TurnLeft, "TurnLeft", nullptr, "Ctrl+Shift+R",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Ro&tate view left"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Rotate the view by 90° to the left; image and labels stay as they are")},
    {Command::GoTo, "GoTo", nullptr, "Ctrl+G", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Go to a place…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Go to a pixel, or to a place on the map or in the patient")},
    {Command::ToggleOverlay, "ToggleOverlay", "overlay", "T V",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Show &labels and prediction"), nullptr},
    {Command::CompareOverlay, "CompareOverlay", nullptr, "C",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Compare image and overlay"),
     QT_TRANSLATE_NOOP(
         "finebrush::MainActions",
         "Split the view: the image alone on the left, with labels and prediction on the right")},
    {Command::ComparePrediction, "ComparePrediction", nullptr, "Shift+C",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Compare labels and pre&diction"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Split the view: the labels on the left, the prediction on the right")},
    {Command::SideBySide, "SideBySide", nullptr, "Ctrl+B",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Side b&y side"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Side by side: show the same place in other views as well, and paint in any")},
    {Command::SecondShowsImage, "SecondShowsImage", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Second view: &image alone"), nullptr},
    {Command::SecondShowsLabels, "SecondShowsLabels", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Second view: &labels"), nullptr},
    {Command::SecondShowsPrediction, "SecondShowsPrediction", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Second view: &prediction"), nullptr},
    {Command::SecondShowsEarlier, "SecondShowsEarlier", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Second view: prediction b&efore"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Second view: the prediction of before the last adaptation, or its first one")},
    {Command::ThreeViews, "ThreeViews", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Three views: image | labels | prediction"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Three views of the same place: the image alone, the labels, and the prediction")},
    {Command::SecondByShape, "SecondByShape", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Other views: by the &shape of the window"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Other views: beside the first one in a wide window, below it in a tall one")},
    {Command::SecondBeside, "SecondBeside", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Other views: on the &right"), nullptr},
    {Command::SecondBelow, "SecondBelow", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Other views: &below"), nullptr},
    {Command::ShowMinimap, "ShowMinimap", nullptr, "M",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Show the &overview"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Show the whole image in the corner while only a part is seen")},
    {Command::ShowScaleBar, "ShowScaleBar", nullptr, "Shift+M",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Show the scale &bar"), nullptr},
    {Command::ShowGrid, "ShowPixelGrid", nullptr, "Ctrl+'",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Show the gr&id"),
     QT_TRANSLATE_NOOP(
         "finebrush::MainActions",
         "Show lines as far apart as the scale bar is long, and between the pixels from 800 % on")},
    {Command::HatchClasses, "HatchClasses", nullptr, "Shift+V",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Hatch the classes"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Hatch each class in its way, to tell classes of similar colours apart")},
    {Command::ShowCrossLabels, "ShowCrossLabels", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Labels of the other views"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Show what is labelled in other views of the volume, fainter, where this slice has "
                       "no label")},
    {Command::PreviousImage, "PreviousImage", "previous", "A",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Previous image"), nullptr},
    {Command::NextImage, "NextImage", "next", "D", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Next image"),
     nullptr},
    {Command::NextPanel, "NextPanel", nullptr, "F6",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Go to the next panel"), nullptr},
    {Command::PreviousPanel, "PreviousPanel", nullptr, "Shift+F6",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Go to the panel before"), nullptr},
    {Command::FullScreen, "FullScreen", nullptr, "F11",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "F&ull screen"), nullptr},
    {Command::PreviousSlice, "PreviousSlice", nullptr, "PgUp",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "P&revious slice"), nullptr},
    {Command::NextSlice, "NextSlice", nullptr, "PgDown",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "N&ext slice"), nullptr},
    {Command::PreviousFrame, "PreviousFrame", nullptr, "Ctrl+PgUp",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Previous fra&me"), nullptr},
    {Command::NextFrame, "NextFrame", nullptr, "Ctrl+PgDown",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Ne&xt frame"), nullptr},
    {Command::AxialView, "AxialView", nullptr, "", QT_TRANSLATE_NOOP("finebrush::MainActions", "A&xial"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Slices of the volume as seen from the feet")},
    {Command::CoronalView, "CoronalView", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Coronal"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Slices of the volume as seen from the front")},
    {Command::SagittalView, "SagittalView", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Sagittal"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Slices of the volume as seen from the patient’s left")},
    {Command::Adapt, "AdaptAction", "adapt", "Ctrl+Return",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Adapt"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Fine-tune the model on what you have painted")},
    {Command::PauseOrResume, "PauseAction", "pause", "Ctrl+P",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Pause or resume"), nullptr},
    {Command::Stop, "StopAction", "stop", "Ctrl+.", QT_TRANSLATE_NOOP("finebrush::MainActions", "&Stop"),
     nullptr},
    {Command::Accept, "AcceptAction", "accept", "Return Enter",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "A&ccept the prediction"), nullptr},
    {Command::ShowDoubt, "ShowDoubt", nullptr, "U",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Show where the model is &unsure"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Show how unsure the model is as a veil, in the place of its prediction")},
    {Command::NextDoubt, "NextDoubt", nullptr, "N",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Go to the next unsure place"),
     QT_TRANSLATE_NOOP("finebrush::MainActions",
                       "Go to the next place where the model is unsure and nothing is painted")},
    {Command::FindCommand, "FindCommand", nullptr, "Ctrl+Shift+P F1",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "&Find a command…"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "Find a command and its keys")},
    {Command::FirstSteps, "FirstSteps", nullptr, "",
     QT_TRANSLATE_NOOP("finebrush::MainActions", "First &steps"),
     QT_TRANSLATE_NOOP("finebrush::MainActions", "First steps: from an image to its labels")},
    {Command::About, "About", nullptr, "", QT_TRANSLATE_NOOP("finebrush::MainActions", "&About Finebrush"),
     nullptr},
};
static_assert(std::size(kEntries) == kCommandCount);

/// What changes the project, but for the tools.
constexpr Command kEdits[] = {Command::OpenImages,
                              Command::ImportLabels,
                              Command::ImportClasses,
                              Command::ImportAdapter,
                              Command::Undo,
                              Command::Redo,
                              Command::AddClass,
                              Command::RenameClass,
                              Command::MoveClassUp,
                              Command::MoveClassDown,
                              Command::LockClass,
                              Command::FillHoles,
                              Command::RemoveIslands,
                              Command::GrowClass,
                              Command::ShrinkClass,
                              Command::ClearLabels,
                              Command::CopyFromPrevious,
                              Command::CopyFromNext,
                              Command::Interpolate,
                              Command::TakeCrossLabels,
                              Command::Adapt,
                              Command::Accept};

constexpr bool isPaintingTool(Command command) {
    return command != Command::Pick && command != Command::Pan &&
           std::ranges::find(kToolCommands, command) != kToolCommands.end();
}

bool changesProject(Command command) {
    return isPaintingTool(command) || std::ranges::find(kEdits, command) != std::end(kEdits);
}

QString translated(const Entry& entry, const char* text) {
    const QString words = QCoreApplication::translate(kContext, text);
    const int place = static_cast<int>(entry.command) - static_cast<int>(Command::Class1);
    return place >= 0 && place < kClassCommands ? words.arg((place + 1) % kClassCommands) : words;
}

/// "Redo (Ctrl+Y, Ctrl+Shift+Z)".
QString toolTipOf(const Entry& entry, const QAction& action) {
    QString text = translated(entry, entry.toolTip ? entry.toolTip : entry.text);
    // Languages without Latin letters have the key of a menu's entry in brackets behind its name.
    static const QRegularExpression menuKey(QStringLiteral("\\(&\\w\\)"));
    text.remove(menuKey).remove(u'&').remove(u'…');
    return withKeys(text, keysText(action.shortcuts()));
}

}  // namespace

QString textOfClassKey(char key) {
    return QCoreApplication::translate(kContext, kChooseClass).arg(QLatin1Char(key));
}

const char* usualKeys(Command command) {
    return kEntries[static_cast<size_t>(command)].keys;
}

const char* nameOf(Command command) {
    return kEntries[static_cast<size_t>(command)].name;
}

std::optional<Command> commandOf(const QString& name) {
    const auto* entry =
        std::ranges::find(kEntries, name, [](const Entry& one) { return QLatin1String(one.name); });
    return entry == std::end(kEntries) ? std::nullopt : std::optional(entry->command);
}

MainActions::MainActions(QObject* parent) : QObject(parent), edits_(new QActionGroup(this)) {
    for (const Entry& entry : kEntries) {
        auto* action = new QAction(this);
        action->setObjectName(QLatin1String(entry.name));
        if (entry.icon) action->setIcon(themedIcon(QLatin1String(entry.icon)));
        actions_[static_cast<size_t>(entry.command)] = action;
    }
    auto* tools = new QActionGroup(this);
    for (const Command tool : kToolCommands) {
        (*this)[tool].setCheckable(true);
        tools->addAction(&(*this)[tool]);
    }
    (*this)[Command::Brush].setChecked(true);
    // What is taken away from all of a group stays away whatever is said of one.
    edits_->setExclusionPolicy(QActionGroup::ExclusionPolicy::None);
    for (const Command edit : kEdits) edits_->addAction(&(*this)[edit]);
    for (const Command mode :
         {Command::ToggleOverlay, Command::PressureSizes, Command::OnlyUnlabelled, Command::OnlyOverClass,
          Command::LockClass, Command::HideClass, Command::CompareOverlay, Command::ComparePrediction,
          Command::SideBySide, Command::ShowMinimap, Command::ShowScaleBar, Command::ShowGrid,
          Command::HatchClasses, Command::ShowCrossLabels, Command::ShowDoubt}) {
        (*this)[mode].setCheckable(true);
        (*this)[mode].setIconVisibleInMenu(false);  // it would take the place of the tick
    }
    for (const Command view : {Command::AxialView, Command::CoronalView, Command::SagittalView}) {
        (*this)[view].setCheckable(true);
    }
    (*this)[Command::ToggleOverlay].setChecked(true);
    (*this)[Command::FullScreen].setCheckable(true);
    // Return ends the editing of a name elsewhere, and Insert pastes into a field: they are for the image
    // only while the canvas has the keys.
    for (const Command command : {Command::Accept, Command::PressTool, Command::PressRight})
        (*this)[command].setShortcutContext(Qt::WidgetShortcut);
    (*this)[Command::Quit].setMenuRole(QAction::QuitRole);
    (*this)[Command::Preferences].setMenuRole(QAction::PreferencesRole);
    (*this)[Command::About].setMenuRole(QAction::AboutRole);
    setKeys(KeyMap(KeyProfile::Finebrush));
}

void MainActions::setKeys(const KeyMap& keys) {
    for (const Entry& entry : kEntries) (*this)[entry.command].setShortcuts(keys.keys(entry.command));
    retranslate();
}

void MainActions::setReadOnly(bool isReadOnly) {
    isReadOnly_ = isReadOnly;
    edits_->setEnabled(!isReadOnly);
    for (const Command tool : kToolCommands) {
        if (isPaintingTool(tool)) (*this)[tool].setEnabled(!isReadOnly);
    }
}

void MainActions::retranslate() {
    for (const Entry& entry : kEntries) {
        QAction& action = (*this)[entry.command];
        action.setText(translated(entry, entry.text));
        action.setToolTip(
            withReadOnlyReason(toolTipOf(entry, action), isReadOnly_ && changesProject(entry.command)));
    }
}

}  // namespace finebrush
