<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
<context>
    <name>Error</name>
    <message>
        <source>%1: the file does not exist.</source>
        <translation>%1: 파일이 없습니다.</translation>
    </message>
    <message>
        <source>%1: the file cannot be read.</source>
        <translation>%1: 파일을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>%1: the file cannot be written. Choose another folder.</source>
        <translation>%1: 파일을 쓸 수 없습니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>%1: the disk is full. Free some space or choose another place.</source>
        <translation>%1: 디스크가 가득 찼습니다. 공간을 확보하거나 다른 위치를 선택하세요.</translation>
    </message>
    <message>
        <source>%1: this is not a regular file.</source>
        <translation>%1: 일반 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>%1: this is a file of no kind that Finebrush knows: %2.</source>
        <translation>%1: Finebrush가 아는 종류의 파일이 아닙니다: %2.</translation>
    </message>
    <message>
        <source>%1: this is not an image in a format that can be opened (PNG, JPEG, TIFF, JPEG 2000, BMP, DICOM, NIfTI).</source>
        <translation>%1: 열 수 있는 형식의 이미지가 아닙니다(PNG, JPEG, TIFF, JPEG 2000, BMP, DICOM, NIfTI).</translation>
    </message>
    <message>
        <source>%1: the image is damaged or incomplete: %2.</source>
        <translation>%1: 이미지가 손상되었거나 일부가 빠져 있습니다: %2.</translation>
    </message>
    <message>
        <source>%1: the image of %2 × %3 pixels is larger than the memory set aside for one image, which is %4 MiB.</source>
        <translation>%1: %2 × %3 픽셀 이미지는 이미지 하나에 배정된 메모리(%4 MiB)보다 큽니다.</translation>
    </message>
    <message>
        <source>%1: this kind of image is not supported: %2.</source>
        <translation>%1: 이런 종류의 이미지는 지원하지 않습니다: %2.</translation>
    </message>
    <message>
        <source>%1: the labels are %2 pixels, the image is %3 pixels. They must be of one size.</source>
        <translation>%1: 라벨은 %2 픽셀, 이미지는 %3 픽셀입니다. 두 크기가 같아야 합니다.</translation>
    </message>
    <message>
        <source>%1: labels must be an 8-bit palette or grey image of class numbers.</source>
        <translation>%1: 라벨은 클래스 번호를 담은 8비트 팔레트 또는 회색조 이미지여야 합니다.</translation>
    </message>
    <message>
        <source>%1: the labels hold class %2, which the class list does not have.</source>
        <translation>%1: 라벨에 클래스 목록에 없는 번호 %2번이 들어 있습니다.</translation>
    </message>
    <message>
        <source>%1: the labels hold the number %2. Classes are whole numbers from 0 to 253.</source>
        <translation>%1: 라벨에 %2(이)라는 값이 들어 있습니다. 클래스 번호는 0부터 253까지의 정수입니다.</translation>
    </message>
    <message>
        <source>%1: %2 changes the numbers of the classes, so that these labels cannot be told apart. Save them as PNG or TIFF.</source>
        <translation>%1: %2 형식은 클래스 번호를 바꾸므로 라벨을 구분할 수 없습니다. PNG나 TIFF로 저장하세요.</translation>
    </message>
    <message>
        <source>%1: these labels cannot be read: %2.</source>
        <translation>%1: 라벨을 읽을 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>%1: these labels do not lie on the image: %2.</source>
        <translation>%1: 라벨의 위치가 이미지와 맞지 않습니다: %2.</translation>
    </message>
    <message>
        <source>%1: these are no labels in a format that can be imported (PNG, TIFF, BMP, NIfTI, DICOM SEG, labelme, COCO, GeoJSON, GeoPackage, Shapefile).</source>
        <translation>%1: 가져올 수 있는 라벨 형식이 아닙니다(PNG, TIFF, BMP, NIfTI, DICOM SEG, labelme, COCO, GeoJSON, GeoPackage, Shapefile).</translation>
    </message>
    <message>
        <source>%1: the project has no image that these labels are of. Open the image first.</source>
        <translation>%1: 이 라벨에 해당하는 이미지가 프로젝트에 없습니다. 먼저 이미지를 여세요.</translation>
    </message>
    <message>
        <source>%1: the project does not have %2 of the images that these labels are of. They were left out.</source>
        <translation>%1: 라벨에 해당하는 이미지 중 %2개가 프로젝트에 없어 제외했습니다.</translation>
    </message>
    <message>
        <source>%1: there is no room for another class. A project has at most 254.</source>
        <translation>%1: 클래스를 더 추가할 수 없습니다. 프로젝트에는 최대 254개까지 둘 수 있습니다.</translation>
    </message>
    <message>
        <source>%1: the project lacks %2 of the classes of this list, and there is room for %3. Nothing was imported. Remove classes, or take some out of the list: %4.</source>
        <translation>%1: 목록에는 프로젝트에 없는 클래스가 %2개 있지만 자리는 %3개뿐입니다. 아무것도 가져오지 않았습니다. 클래스를 지우거나 목록에서 일부를 빼세요: %4.</translation>
    </message>
    <message>
        <source>%1: there is no image here.</source>
        <translation>%1: 여기에는 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>%1: no image has a label file of the same name.</source>
        <translation>%1: 이미지와 이름이 같은 라벨 파일이 하나도 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is painted yet. Paint a few strokes of at least two classes first.</source>
        <translation>아직 칠한 곳이 없습니다. 먼저 두 개 이상의 클래스를 몇 획씩 칠하세요.</translation>
    </message>
    <message>
        <source>Only the class “%1” is painted. Paint a few strokes of another class as well.</source>
        <translation>“%1” 클래스만 칠해져 있습니다. 다른 클래스도 몇 획 칠하세요.</translation>
    </message>
    <message>
        <source>%1: this checkpoint cannot be read: %2.</source>
        <translation>%1: 체크포인트를 읽을 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>%1: the weights are of no known network of the Segment Anything family.</source>
        <translation>%1: Segment Anything 계열로 알려진 네트워크의 가중치가 아닙니다.</translation>
    </message>
    <message>
        <source>%1: the weights do not fit the network: %2.</source>
        <translation>%1: 가중치가 네트워크와 맞지 않습니다: %2.</translation>
    </message>
    <message>
        <source>%1: this adapter cannot be read: %2.</source>
        <translation>%1: 어댑터를 읽을 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>%1: this adapter does not fit: %2.</source>
        <translation>%1: 어댑터가 맞지 않습니다: %2.</translation>
    </message>
    <message>
        <source>The model %1 was not found. Run packaging/setup.sh, or choose a checkpoint.</source>
        <translation>모델 %1 파일을 찾을 수 없습니다. packaging/setup.sh를 실행하거나 체크포인트를 선택하세요.</translation>
    </message>
    <message>
        <source>There is no device “%1” on this machine.</source>
        <translation>이 컴퓨터에는 “%1” 장치가 없습니다.</translation>
    </message>
    <message>
        <source>The memory of %1 is full. Choose a coarser working scale or fewer experts.</source>
        <translation>%1의 메모리가 가득 찼습니다. 작업 배율을 낮추거나 전문가 수를 줄이세요.</translation>
    </message>
    <message>
        <source>The labelled images are too large to be learned from together: %1 MiB, and at most %2 MiB can be sent to the engine. Leave the labels of some of them out.</source>
        <translation>라벨이 있는 영상이 함께 학습하기에는 너무 큽니다: %1 MiB이며, 엔진에는 최대 %2 MiB까지 보낼 수 있습니다. 일부 영상의 라벨을 빼십시오.</translation>
    </message>
    <message>
        <source>%1: no golden file was found here that could be compared.</source>
        <translation>%1: 여기에는 비교할 수 있는 기준 파일이 없습니다.</translation>
    </message>
    <message>
        <source>%1: these labels fit the names of several images: %2 and %3.</source>
        <translation>%1: 이 라벨은 여러 영상의 이름에 맞습니다: %2, %3.</translation>
    </message>
    <message>
        <source>%1: “%2” is not allowed here: %3.</source>
        <translation>%1: 여기에는 “%2” 값을 쓸 수 없습니다: %3.</translation>
    </message>
    <message>
        <source>%1: the class list cannot be read: %2.</source>
        <translation>%1: 클래스 목록을 읽을 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>%1: this is not a Finebrush project, or it is damaged: %2.</source>
        <translation>%1: Finebrush 프로젝트가 아니거나 손상되었습니다: %2.</translation>
    </message>
    <message>
        <source>%1: this project was made by a newer Finebrush. Update to open it.</source>
        <translation>%1: 더 새로운 버전의 Finebrush에서 만든 프로젝트입니다. 열려면 업데이트하세요.</translation>
    </message>
    <message>
        <source>%1: this project is open in another window.</source>
        <translation>%1: 이 프로젝트는 다른 창에 열려 있습니다.</translation>
    </message>
    <message>
        <source>%1: this project is open in another window, so it is only shown here. Save it under another name to get a copy that can be changed.</source>
        <translation>%1: 이 프로젝트는 다른 창에 열려 있어 여기서는 보기만 합니다. 다른 이름으로 저장하면 바꿀 수 있는 사본이 생깁니다.</translation>
    </message>
    <message>
        <source>%1: this project is open in another window and cannot be changed here. Save it under another name to go on with a copy.</source>
        <translation>%1: 이 프로젝트는 다른 창에 열려 있어 여기서 바꿀 수 없습니다. 사본으로 계속하려면 다른 이름으로 저장하세요.</translation>
    </message>
    <message>
        <source>%1: this project cannot be written where it is. This is a copy of it; save it in another place to keep what you change.</source>
        <translation>%1: 이 프로젝트는 지금 위치에 쓸 수 없습니다. 지금 열린 것은 사본이니, 변경한 내용을 남기려면 다른 위치에 저장하세요.</translation>
    </message>
    <message>
        <source>%1: this project is damaged. What can be read of it is open as a copy; save it under another name. The damaged file stays as it is.</source>
        <translation>%1: 이 프로젝트는 손상되었습니다. 읽을 수 있는 내용이 사본으로 열렸으니 다른 이름으로 저장하세요. 손상된 파일은 그대로 둡니다.</translation>
    </message>
    <message>
        <source>%1: this is the file that the copy was made of, and it is not replaced. Choose another name.</source>
        <translation>%1: 사본의 원본 파일이므로 바꾸지 않습니다. 다른 이름을 선택하세요.</translation>
    </message>
    <message>
        <source>Earlier work was not saved to a file and is still here (projects: %1). Open or delete it with File ▸ Recover unsaved work.</source>
        <translation>이전 작업이 파일로 저장되지 않은 채 남아 있습니다(프로젝트 %1개). 파일 ▸ 저장하지 않은 작업 복구에서 열거나 삭제하세요.</translation>
    </message>
    <message>
        <source>%1 is not the file that was labelled: its content differs. The labels stay as they are. Where the labelled file lies elsewhere, look for it with File ▸ Find moved images.</source>
        <translation>%1: 라벨을 만든 파일이 아닙니다. 내용이 다릅니다. 라벨은 그대로 둡니다. 라벨을 만든 파일이 다른 곳에 있으면 파일 ▸ 옮긴 이미지 찾기로 찾으세요.</translation>
    </message>
    <message>
        <source>%1: none of the missing images is in this folder or below.</source>
        <translation>%1: 이 폴더와 그 하위 폴더에는 없어진 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>The engine “%1” could not be started. Check Preferences ▸ Engine command.</source>
        <translation>“%1” 엔진을 시작하지 못했습니다. 환경설정 ▸ 엔진 명령을 확인하세요.</translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly (%1). Your labels are safe; press Adapt to start it again.</source>
        <translation>엔진이 예기치 않게 종료되었습니다(%1). 라벨은 안전합니다. 적응을 누르면 다시 시작합니다.</translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly (%1). Your labels are safe; press Adapt, with the same labels and options, to go on from step %2.</source>
        <translation>엔진이 예기치 않게 종료되었습니다(%1). 라벨은 안전합니다. 같은 라벨과 옵션으로 적응을 누르면 %2단계부터 이어서 학습합니다.</translation>
    </message>
    <message>
        <source>%1: the training that was interrupted here had another request (%2). Ask for the same, or delete this file to begin anew.</source>
        <translation>%1: 여기서 중단된 학습은 요청이 달랐습니다(%2). 같은 요청을 하거나, 처음부터 시작하려면 이 파일을 삭제하세요.</translation>
    </message>
    <message>
        <source>%1: a training was interrupted here. Go on with --resume, or delete this file to begin anew.</source>
        <translation>%1: 여기서 학습이 중단되었습니다. --resume으로 이어서 하거나, 처음부터 시작하려면 이 파일을 삭제하세요.</translation>
    </message>
    <message>
        <source>A training of this project was interrupted. Press Adapt, with the same labels and options, to go on with it.</source>
        <translation>이 프로젝트의 학습이 중단되었습니다. 같은 라벨과 옵션으로 적응을 누르면 이어서 학습합니다.</translation>
    </message>
    <message>
        <source>%1: the training cannot be saved on its way. It goes on, but an interruption would cost all of it.</source>
        <translation>%1: 학습 도중 상태를 저장할 수 없습니다. 학습은 계속되지만, 중단되면 처음부터 다시 해야 합니다.</translation>
    </message>
    <message>
        <source>The engine speaks protocol %1, this window speaks %2. Install the same version of both.</source>
        <translation>엔진의 프로토콜은 %1, 이 창의 프로토콜은 %2입니다. 두 프로그램을 같은 버전으로 설치하세요.</translation>
    </message>
    <message>
        <source>A message between the window and the engine could not be read: %1.</source>
        <translation>창과 엔진이 주고받은 메시지를 읽지 못했습니다: %1.</translation>
    </message>
    <message>
        <source>%1: %2 of %3 golden files disagree with this build.</source>
        <translation>%1: 기준 파일 %3개 가운데 %2개가 이 빌드와 일치하지 않습니다.</translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>아직 내보낼 것이 없습니다.</translation>
    </message>
    <message>
        <source>No image is marked as done, and only such are to be exported. Mark the images first, or export all of them.</source>
        <translation>완료로 표시한 이미지가 없는데, 그런 이미지만 내보내기로 되어 있습니다. 먼저 이미지를 표시하거나 모두 내보내세요.</translation>
    </message>
    <message>
        <source>Images with neither labels nor a prediction were left out (images: %1). Adapt ▸ Predict all images predicts them.</source>
        <translation>라벨도 예측도 없는 이미지 %1개는 내보내지 않았습니다. 적응 ▸ 모든 이미지 예측으로 예측할 수 있습니다.</translation>
    </message>
    <message>
        <source>Of large images only a part is predicted; the rest was exported without it (images: %1). Adapt ▸ Predict all images predicts the rest.</source>
        <translation>큰 이미지 %1개는 일부만 예측되어, 나머지는 예측 없이 내보냈습니다. 적응 ▸ 모든 이미지 예측으로 나머지를 예측할 수 있습니다.</translation>
    </message>
    <message>
        <source>%1: this image could not be predicted, and is left out. The others are predicted all the same.</source>
        <translation>%1: 이 이미지는 예측할 수 없어 건너뜁니다. 다른 이미지는 계속 예측합니다.</translation>
    </message>
    <message>
        <source>%1: the image of %2 × %3 pixels is too large to be exported in this form. Export its mask, which may be of any size.</source>
        <translation>%1: %2 × %3 픽셀 이미지는 이 형식으로 내보내기에는 너무 큽니다. 크기 제한이 없는 마스크로 내보내세요.</translation>
    </message>
    <message>
        <source>%1: this is one of the opened images and is not overwritten. Choose another folder.</source>
        <translation>%1: 열려 있는 이미지이므로 덮어쓰지 않습니다. 다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>%1: its outlines cannot be brought to the reference system of the file. Export a GeoPackage, which keeps that of the image.</source>
        <translation>%1: 윤곽을 파일의 좌표계로 옮길 수 없습니다. 이미지의 좌표계를 그대로 쓰는 GeoPackage로 내보내세요.</translation>
    </message>
    <message>
        <source>%1: the file does not say where its pixels lie in the patient, which a DICOM segmentation needs. Export a NIfTI volume instead.</source>
        <translation>%1: 픽셀이 환자의 어디에 있는지 파일에 없어 DICOM 분할을 만들 수 없습니다. 대신 NIfTI 볼륨으로 내보내세요.</translation>
    </message>
    <message>
        <source>%1: slices of different views have different labels in %2 voxels. The usual view of the volume counts, then axial before coronal before sagittal slices.</source>
        <translation>%1: 복셀 %2개에서 서로 다른 방향 슬라이스의 라벨이 다릅니다. 볼륨의 기본 방향이 우선하고, 다음은 축상면, 관상면, 시상면 순입니다.</translation>
    </message>
    <message>
        <source>%1: the file does not hold what was written. Check the disk, or choose another place.</source>
        <translation>%1: 파일 내용이 저장한 것과 다릅니다. 디스크를 점검하거나 다른 위치를 선택하세요.</translation>
    </message>
    <message>
        <source>Something went wrong inside Finebrush: %1.</source>
        <translation>Finebrush 내부에서 문제가 생겼습니다: %1.</translation>
    </message>
    <message>
        <source>%1: the files of this DICOM series do not make one whole stack: %2.</source>
        <translation>%1: 이 DICOM 시리즈의 파일들이 하나의 온전한 스택을 이루지 않습니다: %2.</translation>
    </message>
    <message>
        <source>%1: only the first of its %2 pages is opened, since each takes more than %3 MiB. Save the others as files of their own to open them.</source>
        <translation>%1: 페이지 하나가 %3 MiB를 넘어 %2개 가운데 첫 페이지만 열었습니다. 나머지를 열려면 각각 별도의 파일로 저장하세요.</translation>
    </message>
    <message>
        <source>%1: the voxels are complex numbers. Their magnitude is opened, their phase is not.</source>
        <translation>%1: 복셀이 복소수여서 크기(절댓값)만 열었습니다. 위상은 열지 않았습니다.</translation>
    </message>
    <message>
        <source>%1: this folder holds %2 DICOM series. Open a file of the one that you want.</source>
        <translation>%1: 이 폴더에 DICOM 시리즈가 %2개 있습니다. 원하는 시리즈의 파일을 여세요.</translation>
    </message>
    <message>
        <source>%1: no slice or image before this one has labels that could be copied.</source>
        <translation>%1: 이보다 앞에 복사할 라벨이 있는 슬라이스나 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>%1: no slice or image after this one has labels that could be copied.</source>
        <translation>%1: 이보다 뒤에 복사할 라벨이 있는 슬라이스나 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>%1: there is nothing to interpolate here. Label two slices of this view with unlabelled slices between them.</source>
        <translation>%1: 여기에는 보간할 것이 없습니다. 이 방향의 슬라이스 둘에 라벨을 칠하되, 그 사이에 라벨 없는 슬라이스를 두세요.</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>it cannot be decoded</source>
        <translation>디코딩할 수 없습니다</translation>
    </message>
    <message>
        <source>a part of it cannot be decoded</source>
        <translation>일부를 디코딩할 수 없습니다</translation>
    </message>
    <message>
        <source>parts of it cannot be decoded</source>
        <translation>일부를 디코딩할 수 없습니다</translation>
    </message>
    <message>
        <source>the file is cut off</source>
        <translation>파일이 도중에 끊겼습니다</translation>
    </message>
    <message>
        <source>the file is cut off or damaged</source>
        <translation>파일이 도중에 끊겼거나 손상되었습니다</translation>
    </message>
    <message>
        <source>pixels of type %1</source>
        <translation>%1 형식의 픽셀</translation>
    </message>
    <message>
        <source>%1 bands, where %2 are the most that are read</source>
        <translation>밴드 %1개(최대 %2개까지 읽습니다)</translation>
    </message>
    <message>
        <source>one of its pages cannot be decoded</source>
        <translation>페이지 하나를 디코딩할 수 없습니다</translation>
    </message>
    <message>
        <source>it holds no stack of pages</source>
        <translation>페이지 스택이 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>the list of its pages is cut off or damaged</source>
        <translation>페이지 목록이 끊겼거나 손상되었습니다</translation>
    </message>
    <message>
        <source>its pages are not alike</source>
        <translation>페이지들이 서로 다릅니다</translation>
    </message>
    <message>
        <source>it does not begin with a NIfTI header</source>
        <translation>NIfTI 헤더로 시작하지 않습니다</translation>
    </message>
    <message>
        <source>the file ends within its header</source>
        <translation>헤더 도중에 파일이 끝납니다</translation>
    </message>
    <message>
        <source>its header places the values outside the file</source>
        <translation>헤더가 가리키는 값의 위치가 파일을 벗어납니다</translation>
    </message>
    <message>
        <source>its header scales the values by no number</source>
        <translation>헤더의 값 배율이 숫자가 아닙니다</translation>
    </message>
    <message>
        <source>its header claims %1 bytes, more than the file can hold</source>
        <translation>헤더에 적힌 %1바이트는 파일에 다 들어갈 수 없습니다</translation>
    </message>
    <message>
        <source>its header counts %1 dimensions</source>
        <translation>헤더의 차원 수가 %1입니다</translation>
    </message>
    <message>
        <source>its header gives dimension %1 a length of %2</source>
        <translation>헤더에서 차원 %1의 길이가 %2입니다</translation>
    </message>
    <message>
        <source>NIfTI with the values in another file (.img)</source>
        <translation>값이 다른 파일(.img)에 있는 NIfTI</translation>
    </message>
    <message>
        <source>NIfTI of more than four dimensions</source>
        <translation>5차원 이상의 NIfTI</translation>
    </message>
    <message>
        <source>NIfTI voxels of %1</source>
        <translation>%1 형식의 NIfTI 복셀</translation>
    </message>
    <message>
        <source>its samples have an impossible depth</source>
        <translation>샘플의 비트 수가 올바르지 않습니다</translation>
    </message>
    <message>
        <source>it does not say how large its image is</source>
        <translation>이미지 크기가 적혀 있지 않습니다</translation>
    </message>
    <message>
        <source>its number of frames is no number</source>
        <translation>프레임 수가 숫자가 아닙니다</translation>
    </message>
    <message>
        <source>it says no number of frames</source>
        <translation>프레임 수가 적혀 있지 않습니다</translation>
    </message>
    <message>
        <source>it has no frame</source>
        <translation>프레임이 없습니다</translation>
    </message>
    <message>
        <source>it holds no pixels</source>
        <translation>픽셀이 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>its colour model and its number of samples do not fit</source>
        <translation>색 모델과 샘플 수가 맞지 않습니다</translation>
    </message>
    <message>
        <source>its colour model and its compression do not fit</source>
        <translation>색 모델과 압축 방식이 맞지 않습니다</translation>
    </message>
    <message>
        <source>its pixels share their colours in pairs, but their number is odd</source>
        <translation>픽셀이 둘씩 색을 나누어 쓰는데 픽셀 수가 홀수입니다</translation>
    </message>
    <message>
        <source>its palette is missing or damaged</source>
        <translation>팔레트가 없거나 손상되었습니다</translation>
    </message>
    <message>
        <source>it claims %1 frames of %2 × %3 pixels, more than it holds</source>
        <translation>%2 × %3 픽셀 프레임이 %1개라고 적혀 있지만 파일에는 그만큼 없습니다</translation>
    </message>
    <message>
        <source>it claims frames of %1 × %2 pixels, more than it holds</source>
        <translation>프레임이 %1 × %2 픽셀이라고 적혀 있지만 파일에는 그만큼 없습니다</translation>
    </message>
    <message>
        <source>its data elements cannot be read to the end</source>
        <translation>데이터 요소를 끝까지 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>it claims values larger than the memory</source>
        <translation>메모리보다 큰 값이 있다고 적혀 있습니다</translation>
    </message>
    <message>
        <source>it is larger than 1 GiB</source>
        <translation>1 GiB보다 큽니다</translation>
    </message>
    <message>
        <source>its frames are not of the size that its header names</source>
        <translation>프레임 크기가 헤더와 다릅니다</translation>
    </message>
    <message>
        <source>it inflates to more than an image takes</source>
        <translation>압축을 풀면 이미지보다 커집니다</translation>
    </message>
    <message>
        <source>it holds more items than are followed</source>
        <translation>항목이 너무 많습니다</translation>
    </message>
    <message>
        <source>its compressed pixels are missing</source>
        <translation>압축된 픽셀이 없습니다</translation>
    </message>
    <message>
        <source>its compressed frames cannot be told apart</source>
        <translation>압축된 프레임을 구분할 수 없습니다</translation>
    </message>
    <message>
        <source>it holds fewer pixels than it claims</source>
        <translation>픽셀이 적혀 있는 것보다 적습니다</translation>
    </message>
    <message>
        <source>its pixels cannot be read</source>
        <translation>픽셀을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>its frame %1 cannot be decompressed</source>
        <translation>프레임 %1의 압축을 풀 수 없습니다</translation>
    </message>
    <message>
        <source>its frame %1 is not of the size or depth that its header names</source>
        <translation>프레임 %1의 크기나 비트 수가 헤더와 다릅니다</translation>
    </message>
    <message>
        <source>DICOM with %1 samples a pixel</source>
        <translation>픽셀마다 샘플이 %1개인 DICOM</translation>
    </message>
    <message>
        <source>DICOM with a rare colour model</source>
        <translation>드문 색 모델을 쓰는 DICOM</translation>
    </message>
    <message>
        <source>DICOM with %1 bits a sample</source>
        <translation>샘플마다 %1비트인 DICOM</translation>
    </message>
    <message>
        <source>DICOM with colours of 32 bits or with signs</source>
        <translation>색이 32비트이거나 부호가 있는 DICOM</translation>
    </message>
    <message>
        <source>DICOM with YBR colours of more than 8 bits</source>
        <translation>YBR 색이 8비트를 넘는 DICOM</translation>
    </message>
    <message>
        <source>DICOM with colours that are fractions</source>
        <translation>색이 소수로 저장된 DICOM</translation>
    </message>
    <message>
        <source>DICOM compressed as %1</source>
        <translation>%1 방식으로 압축된 DICOM</translation>
    </message>
    <message>
        <source>DICOM without pixels, such as a report or a plan</source>
        <translation>보고서나 계획처럼 픽셀이 없는 DICOM</translation>
    </message>
    <message>
        <source>files of another size, direction, spacing or kind of pixels are opened apart: %1</source>
        <translation>크기, 방향, 간격, 픽셀 종류가 다른 파일은 따로 엽니다(%1개)</translation>
    </message>
    <message>
        <source>several of its slices lie at one place</source>
        <translation>여러 슬라이스가 같은 위치에 있습니다</translation>
    </message>
    <message>
        <source>a slice is missing between the slices %1 and %2 of %3</source>
        <translation>슬라이스 %3개 중 %1번과 %2번 사이에 슬라이스 하나가 빠져 있습니다</translation>
    </message>
    <message>
        <source>%1 slices are missing between the slices %2 and %3 of %4</source>
        <translation>슬라이스 %4개 중 %2번과 %3번 사이에 슬라이스 %1개가 빠져 있습니다</translation>
    </message>
    <message>
        <source>the steps of its slices are uneven</source>
        <translation>슬라이스 간격이 고르지 않습니다</translation>
    </message>
    <message>
        <source>they store their pixels in different ways</source>
        <translation>픽셀을 저장한 방식이 서로 다릅니다</translation>
    </message>
    <message>
        <source>a segmentation of type %1</source>
        <translation>%1 유형의 분할</translation>
    </message>
    <message>
        <source>a compressed segmentation</source>
        <translation>압축된 분할</translation>
    </message>
    <message>
        <source>its segments cannot be told apart</source>
        <translation>세그먼트를 구분할 수 없습니다</translation>
    </message>
    <message>
        <source>a frame is of no known segment</source>
        <translation>어느 세그먼트에도 속하지 않는 프레임이 있습니다</translation>
    </message>
    <message>
        <source>its frames are of %1 × %2 pixels</source>
        <translation>프레임이 %1 × %2 픽셀입니다</translation>
    </message>
    <message>
        <source>its frames have other pixels, or are turned another way</source>
        <translation>프레임의 픽셀 크기나 방향이 다릅니다</translation>
    </message>
    <message>
        <source>a frame lies between the slices, or beside them</source>
        <translation>슬라이스 사이나 옆에 놓인 프레임이 있습니다</translation>
    </message>
    <message>
        <source>a frame lies outside of the volume</source>
        <translation>볼륨 밖에 놓인 프레임이 있습니다</translation>
    </message>
    <message>
        <source>its frames say neither a place nor an image</source>
        <translation>프레임에 위치도 이미지도 적혀 있지 않습니다</translation>
    </message>
    <message>
        <source>it was drawn on other images</source>
        <translation>다른 이미지에 그린 것입니다</translation>
    </message>
    <message>
        <source>it was drawn on other frames</source>
        <translation>다른 프레임에 그린 것입니다</translation>
    </message>
    <message>
        <source>no volume of the project has the same voxels</source>
        <translation>프로젝트에 복셀이 같은 볼륨이 없습니다</translation>
    </message>
    <message>
        <source>JPEG 2000 of %1 tiles with %2 samples each</source>
        <translation>타일 %1개, 타일마다 샘플 %2개인 JPEG 2000</translation>
    </message>
    <message>
        <source>the value “%1” of its style is not a whole number</source>
        <translation>스타일의 값 “%1”이(가) 정수가 아닙니다</translation>
    </message>
    <message>
        <source>the value %1 has a colour that is not of the form #rrggbb</source>
        <translation>값 %1의 색이 #rrggbb 형식이 아닙니다</translation>
    </message>
    <message>
        <source>the colours of its style run into one another, which classes do not</source>
        <translation>스타일의 색이 서로 이어지는데, 클래스의 색은 그렇지 않습니다</translation>
    </message>
    <message>
        <source>its voxels are complex numbers</source>
        <translation>복셀이 복소수입니다</translation>
    </message>
    <message>
        <source>it changed while it was read</source>
        <translation>읽는 동안 파일이 바뀌었습니다</translation>
    </message>
    <message>
        <source>they are of another place, scale or projection</source>
        <translation>위치, 축척 또는 투영이 다릅니다</translation>
    </message>
    <message>
        <source>their projection cannot be brought to that of the image</source>
        <translation>이미지의 투영으로 바꿀 수 없습니다</translation>
    </message>
    <message>
        <source>a shape cannot be projected to the image</source>
        <translation>이미지로 투영할 수 없는 도형이 있습니다</translation>
    </message>
    <message>
        <source>they are on a map (%1) and the image does not say where it lies on one</source>
        <translation>라벨은 지도(%1) 위에 있지만 이미지에는 지도상의 위치가 없습니다</translation>
    </message>
    <message>
        <source>all of them lie outside of it</source>
        <translation>모두 이미지 밖에 있습니다</translation>
    </message>
    <message>
        <source>it is no vector file that can be opened</source>
        <translation>열 수 있는 벡터 파일이 아닙니다</translation>
    </message>
    <message>
        <source>it holds no areas</source>
        <translation>영역이 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>they cannot be drawn</source>
        <translation>그릴 수 없습니다</translation>
    </message>
    <message>
        <source>it has more than 254 classes</source>
        <translation>클래스가 254개를 넘습니다</translation>
    </message>
    <message>
        <source>it is not well-formed JSON</source>
        <translation>올바른 JSON이 아닙니다</translation>
    </message>
    <message>
        <source>its “images” or “annotations” are no list</source>
        <translation>“images”나 “annotations”가 목록이 아닙니다</translation>
    </message>
    <message>
        <source>annotation %1 is of no category that the file names</source>
        <translation>주석 %1의 범주가 파일에 없습니다</translation>
    </message>
    <message>
        <source>annotation %1 is of one category too many</source>
        <translation>주석 %1의 범주가 최대 수를 넘습니다</translation>
    </message>
    <message>
        <source>annotation %1 has a shape that does not fit its image</source>
        <translation>주석 %1의 도형이 이미지에 맞지 않습니다</translation>
    </message>
    <message>
        <source>without an id</source>
        <translation>(ID 없음)</translation>
    </message>
    <message>
        <source>its “shapes” are no list</source>
        <translation>“shapes”가 목록이 아닙니다</translation>
    </message>
    <message>
        <source>shape %1 is no object</source>
        <translation>도형 %1이(가) 객체가 아닙니다</translation>
    </message>
    <message>
        <source>shape %1 has no label</source>
        <translation>도형 %1에 라벨이 없습니다</translation>
    </message>
    <message>
        <source>shape %1 is damaged or of an unknown kind</source>
        <translation>도형 %1이(가) 손상되었거나 알 수 없는 종류입니다</translation>
    </message>
    <message>
        <source>it is neither JSON nor a text with one name a line</source>
        <translation>JSON도 아니고 한 줄에 이름 하나씩 적힌 텍스트도 아닙니다</translation>
    </message>
    <message>
        <source>entry %1 is neither a name nor a class</source>
        <translation>항목 %1이(가) 이름도 클래스도 아닙니다</translation>
    </message>
    <message>
        <source>entry %1 has a colour that is not of the form #rrggbb</source>
        <translation>항목 %1의 색이 #rrggbb 형식이 아닙니다</translation>
    </message>
    <message>
        <source>entry %1 has a key that is no digit and no letter</source>
        <translation>항목 %1의 키가 숫자도 글자도 아닙니다</translation>
    </message>
    <message>
        <source>entry %1 has a value that is not a whole number</source>
        <translation>항목 %1의 값이 정수가 아닙니다</translation>
    </message>
    <message>
        <source>“%1” is no class value</source>
        <translation>“%1”은(는) 클래스 값이 아닙니다</translation>
    </message>
    <message>
        <source>the name of class %1 is not a text</source>
        <translation>클래스 %1의 이름이 텍스트가 아닙니다</translation>
    </message>
    <message>
        <source>it begins like JSON but is not well formed</source>
        <translation>JSON처럼 시작하지만 형식이 올바르지 않습니다</translation>
    </message>
    <message>
        <source>it has no “classes”</source>
        <translation>“classes”가 없습니다</translation>
    </message>
    <message>
        <source>it names no class</source>
        <translation>클래스가 하나도 없습니다</translation>
    </message>
    <message>
        <source>the value %1 is not within 0 to %2</source>
        <translation>값 %1이(가) 0부터 %2까지의 범위를 벗어납니다</translation>
    </message>
    <message>
        <source>the class of value %1 has no name</source>
        <translation>값이 %1인 클래스에 이름이 없습니다</translation>
    </message>
    <message>
        <source>two classes have the value %1</source>
        <translation>두 클래스의 값이 %1(으)로 같습니다</translation>
    </message>
    <message>
        <source>two classes have the id %1</source>
        <translation>두 클래스의 ID가 %1(으)로 같습니다</translation>
    </message>
    <message>
        <source>two classes have the key %1</source>
        <translation>두 클래스의 키가 %1(으)로 같습니다</translation>
    </message>
    <message>
        <source>line %1 is no label of ITK-SNAP</source>
        <translation>%1번째 줄이 ITK-SNAP 라벨이 아닙니다</translation>
    </message>
    <message>
        <source>line %1 is not of the form name:r,g,b::</source>
        <translation>%1번째 줄이 name:r,g,b:: 형식이 아닙니다</translation>
    </message>
    <message>
        <source>it is no well-formed XML</source>
        <translation>올바른 XML이 아닙니다</translation>
    </message>
    <message>
        <source>the style has no colours of class numbers</source>
        <translation>스타일에 클래스 번호의 색이 없습니다</translation>
    </message>
    <message>
        <source>its kind is another</source>
        <translation>다른 종류의 파일입니다</translation>
    </message>
    <message>
        <source>it has no version</source>
        <translation>버전이 없습니다</translation>
    </message>
    <message>
        <source>nothing in it can be read</source>
        <translation>읽을 수 있는 내용이 없습니다</translation>
    </message>
    <message>
        <source>%1 is not there</source>
        <translation>%1 파일이 없습니다</translation>
    </message>
    <message>
        <source>%1 is not as it should be</source>
        <translation>%1 파일이 올바르지 않습니다</translation>
    </message>
    <message>
        <source>%1 holds no LoRA of a SamModel</source>
        <translation>%1 파일에 SamModel의 LoRA가 없습니다</translation>
    </message>
    <message>
        <source>“%1” is no file name</source>
        <translation>“%1”은(는) 파일 이름이 아닙니다</translation>
    </message>
    <message>
        <source>two tensors have the name %1</source>
        <translation>두 텐서의 이름이 %1(으)로 같습니다</translation>
    </message>
    <message>
        <source>the tensor “%1” is missing</source>
        <translation>텐서 “%1”이(가) 없습니다</translation>
    </message>
    <message>
        <source>the tensor “%1” has another shape or type</source>
        <translation>텐서 “%1”의 모양이나 형식이 다릅니다</translation>
    </message>
    <message>
        <source>%1 tensor is %2 (%3)</source>
        <translation>텐서 %1개 %2(%3)</translation>
    </message>
    <message>
        <source>%1 tensors are %2 (%3)</source>
        <translation>텐서 %1개 %2(%3)</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>unexpected</source>
        <translation>예상 밖</translation>
    </message>
    <message>
        <source>of another shape</source>
        <translation>모양 다름</translation>
    </message>
    <message>
        <source>of another kind of number</source>
        <translation>숫자 종류 다름</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>비어 있음</translation>
    </message>
    <message>
        <source>holding values that are no numbers</source>
        <translation>숫자가 아닌 값 포함</translation>
    </message>
    <message>
        <source>parts of the network are missing, such as %1</source>
        <translation>네트워크 일부가 없습니다(예: %1)</translation>
    </message>
    <message>
        <source>a network of these shapes would have %1 values, and the file has %2</source>
        <translation>이 모양의 네트워크에는 값이 %1개 있어야 하지만 파일에는 %2개 있습니다</translation>
    </message>
    <message>
        <source>it was trained on the weights %1 (SHA-256 %2), these are %3 (SHA-256 %4)</source>
        <translation>%1 가중치(SHA-256 %2)로 학습했지만 지금 가중치는 %3(SHA-256 %4)입니다</translation>
    </message>
    <message>
        <source>it was trained on other weights than those of %1: %2 differs</source>
        <translation>%1의 가중치가 아닌 것으로 학습했습니다(다른 텐서: %2)</translation>
    </message>
    <message>
        <source>it has %1 mask queries, and there can be %2</source>
        <translation>마스크 쿼리가 %1개이지만 최대 %2개까지 가능합니다</translation>
    </message>
    <message>
        <source>its settings ask for far more values than it holds</source>
        <translation>설정에 필요한 값이 파일에 있는 것보다 훨씬 많습니다</translation>
    </message>
    <message>
        <source>its views cannot be read</source>
        <translation>작업 배율의 설정을 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>a read-out does not fit the network</source>
        <translation>미리보기의 가중치가 네트워크와 맞지 않습니다</translation>
    </message>
    <message>
        <source>another program wrote it, without a decoder that makes masks</source>
        <translation>다른 프로그램이 마스크를 만드는 디코더 없이 저장했습니다</translation>
    </message>
    <message>
        <source>the project has too many classes already</source>
        <translation>프로젝트에 클래스가 이미 너무 많습니다</translation>
    </message>
    <message>
        <source>the project knew another class by a number of its</source>
        <translation>프로젝트에서 같은 번호를 다른 클래스가 쓴 적이 있습니다</translation>
    </message>
    <message>
        <source>the adapter</source>
        <translation>어댑터</translation>
    </message>
    <message>
        <source>the GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>it takes a second labelled image</source>
        <translation>라벨이 있는 이미지가 하나 더 필요합니다</translation>
    </message>
    <message>
        <source>the other images hold one class only</source>
        <translation>나머지 이미지에는 클래스가 하나뿐입니다</translation>
    </message>
    <message>
        <source>input size</source>
        <translation>입력 크기</translation>
    </message>
    <message>
        <source>it is a multiple of %1 up to %2, or 0</source>
        <translation>%2 이하인 %1의 배수이거나 0이어야 합니다</translation>
    </message>
    <message>
        <source>queries</source>
        <translation>쿼리</translation>
    </message>
    <message>
        <source>at least one a class, so %1, and at most %2</source>
        <translation>클래스마다 하나 이상이므로 %1 이상, %2 이하여야 합니다</translation>
    </message>
    <message>
        <source>working scale</source>
        <translation>작업 배율</translation>
    </message>
    <message>
        <source>this network sees an image whole, as large as its input: choose the input size</source>
        <translation>이 네트워크는 이미지 전체를 입력 크기로 봅니다. 입력 크기를 선택하세요</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>랭크</translation>
    </message>
    <message>
        <source>it must lie between 1 and %1</source>
        <translation>1부터 %1까지여야 합니다</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>전문가</translation>
    </message>
    <message>
        <source>top experts</source>
        <translation>남길 전문가</translation>
    </message>
    <message>
        <source>there must be between 1 and all experts</source>
        <translation>1부터 전문가 수까지여야 합니다</translation>
    </message>
    <message>
        <source>there must be between 1 and %1</source>
        <translation>1부터 %1까지여야 합니다</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>알파</translation>
    </message>
    <message>
        <source>it must be a number</source>
        <translation>숫자여야 합니다</translation>
    </message>
    <message>
        <source>balance weight</source>
        <translation>균형 가중치</translation>
    </message>
    <message>
        <source>it must not be negative</source>
        <translation>음수일 수 없습니다</translation>
    </message>
    <message>
        <source>method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>choose one of %1</source>
        <translation>다음 중에서 선택하세요: %1</translation>
    </message>
    <message>
        <source>the image encoder of this model has no attention to adapt</source>
        <translation>이 모델의 이미지 인코더에는 적응시킬 어텐션이 없습니다</translation>
    </message>
    <message>
        <source>projections</source>
        <translation>투영</translation>
    </message>
    <message>
        <source>choose some of q,k,v,o,mlp, each once</source>
        <translation>q,k,v,o,mlp에서 겹치지 않게 고르세요</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>블록</translation>
    </message>
    <message>
        <source>this model has %1; 0 means all</source>
        <translation>이 모델에는 %1개가 있습니다. 0은 전체입니다</translation>
    </message>
    <message>
        <source>scales</source>
        <translation>배율</translation>
    </message>
    <message>
        <source>give whole numbers from 1 to 16, such as 1,2,4</source>
        <translation>1,2,4처럼 1부터 16까지의 정수를 적으세요</translation>
    </message>
    <message>
        <source>there are %1 experts, each with a scale of its own</source>
        <translation>전문가 %1개의 배율이 각각 필요합니다</translation>
    </message>
    <message>
        <source>the training&apos;s state</source>
        <translation>학습 상태</translation>
    </message>
    <message>
        <source>it is of no training</source>
        <translation>학습 상태가 아닙니다</translation>
    </message>
    <message>
        <source>its content was changed</source>
        <translation>내용이 바뀌었습니다</translation>
    </message>
    <message>
        <source>it is of another number of steps</source>
        <translation>단계 수가 다릅니다</translation>
    </message>
    <message>
        <source>it is of other images</source>
        <translation>다른 이미지의 것입니다</translation>
    </message>
    <message>
        <source>an adaptation runs already</source>
        <translation>이미 적응이 진행 중입니다</translation>
    </message>
    <message>
        <source>an adapter cannot be loaded while another is trained</source>
        <translation>다른 어댑터를 학습하는 동안에는 어댑터를 불러올 수 없습니다</translation>
    </message>
    <message>
        <source>what arrives is no frame</source>
        <translation>받은 데이터가 메시지 형식이 아닙니다</translation>
    </message>
    <message>
        <source>the first one is no hello</source>
        <translation>첫 메시지가 인사(hello)가 아닙니다</translation>
    </message>
    <message>
        <source>the PNG could not be encoded</source>
        <translation>PNG로 인코딩할 수 없습니다</translation>
    </message>
</context>
<context>
    <name>finebrush::AdaptDock</name>
    <message>
        <source>Add a checkpoint</source>
        <translation>체크포인트 추가</translation>
    </message>
    <message>
        <source>Checkpoints of the Segment Anything family (%1)</source>
        <translation>Segment Anything 계열 체크포인트 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Paint a few strokes of at least two classes to begin.</source>
        <translation>시작하려면 두 개 이상의 클래스를 몇 획씩 칠하세요.</translation>
    </message>
    <message>
        <source>Paint more where it is wrong and adapt again.</source>
        <translation>틀린 곳을 더 칠하고 다시 적응시키세요.</translation>
    </message>
    <message>
        <source>Ready to adapt.</source>
        <translation>적응을 시작할 수 있습니다.</translation>
    </message>
    <message>
        <source>The engine is starting.</source>
        <translation>엔진을 시작하는 중입니다.</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>일시 정지했습니다.</translation>
    </message>
    <message>
        <source>Stopping; what was learned so far is kept.</source>
        <translation>중지하는 중입니다. 지금까지 배운 것은 남습니다.</translation>
    </message>
    <message>
        <source>The engine is getting ready.</source>
        <translation>엔진이 준비하는 중입니다.</translation>
    </message>
    <message>
        <source>Learning from your strokes.</source>
        <translation>칠한 획에서 배우는 중입니다.</translation>
    </message>
    <message>
        <source>Comparing preview and adapted model.</source>
        <translation>미리보기와 적응한 모델을 비교하는 중입니다.</translation>
    </message>
    <message>
        <source>Drawing the masks.</source>
        <translation>마스크를 그리는 중입니다.</translation>
    </message>
    <message>
        <source>%1 — estimating the time left…</source>
        <translation>%1 — 남은 시간 계산 중…</translation>
    </message>
    <message>
        <source>%1 — about %2 left</source>
        <translation>%1 — 약 %2 남음</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Adapt</source>
        <translation>적응</translation>
    </message>
    <message>
        <source>Fine-tune the model on what you have painted</source>
        <translation>칠한 내용으로 모델을 미세 조정합니다</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>일시 정지하거나 계속합니다</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stop and keep what was learned so far</source>
        <translation>중지하고 지금까지 배운 것을 남깁니다</translation>
    </message>
    <message>
        <source>Progress of the adaptation</source>
        <translation>적응 진행률</translation>
    </message>
    <message>
        <source>Loading the model.</source>
        <translation>모델을 불러오는 중입니다.</translation>
    </message>
    <message>
        <source>Looking at the images.</source>
        <translation>이미지를 살펴보는 중입니다.</translation>
    </message>
    <message>
        <source>Making a first preview.</source>
        <translation>첫 미리보기를 만드는 중입니다.</translation>
    </message>
</context>
<context>
    <name>finebrush::AdaptOptions</name>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>방법</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>게이트</translation>
    </message>
    <message>
        <source>How a layer chooses its detail scale. Informative: the task teaches the gate. Paper: as published.</source>
        <translation>층이 세부 배율을 고르는 방식입니다. 정보형: 과제가 게이트를 가르칩니다. 논문: 발표된 그대로입니다.</translation>
    </message>
    <message>
        <source>Informative</source>
        <translation>정보형</translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation>논문 그대로</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>고급</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>전문가 수</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계 수</translation>
    </message>
    <message>
        <source>Training steps at most</source>
        <translation>최대 학습 단계 수</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>시간 제한</translation>
    </message>
    <message>
        <source>Stops after this time and keeps what was learned</source>
        <translation>이 시간이 지나면 중지하고 배운 것을 남깁니다</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>How mistakes on painted pixels are weighed</source>
        <translation>칠한 픽셀에서 틀린 것에 매기는 무게</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>교차 엔트로피</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>구조</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>다이스</translation>
    </message>
    <message>
        <source>Focal</source>
        <translation>초점</translation>
    </message>
    <message>
        <source>Balanced BCE</source>
        <translation>균형 이진 엔트로피</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>남길 결과</translation>
    </message>
    <message>
        <source>What the adaptation ends with. The better: the preview, unless strokes that were held out clearly prefer the training.</source>
        <translation>적응이 끝나고 남는 결과. 더 나은 쪽: 따로 남겨 둔 획이 학습을 분명히 선호하지 않으면 미리보기.</translation>
    </message>
    <message>
        <source>Mask queries</source>
        <translation>마스크 쿼리</translation>
    </message>
    <message>
        <source>Lets the mask decoder propose so many masks and tell the class of each, as AutoGluon does; at least as many as there are classes</source>
        <translation>마스크 디코더가 이 수만큼 마스크를 제안하고 각각의 클래스를 정하게 합니다(AutoGluon 방식). 클래스 수 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>One mask a class</source>
        <translation>클래스마다 하나</translation>
    </message>
    <message>
        <source>The better</source>
        <translation>더 나은 쪽</translation>
    </message>
    <message>
        <source>The preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>The training</source>
        <translation>학습 결과</translation>
    </message>
    <message>
        <source>Input size</source>
        <translation>입력 크기</translation>
    </message>
    <message>
        <source>Longer side of an image as the model sees it first: a smaller one is faster, and sees less detail. “Segment anything” sees as much.</source>
        <translation>모델이 처음 보는 이미지의 긴 변: 작을수록 빠르지만 세부를 덜 봅니다. “무엇이든 분할”도 이 크기로 봅니다.</translation>
    </message>
    <message>
        <source>Working scale</source>
        <translation>작업 배율</translation>
    </message>
    <message>
        <source>Model pixels per image pixel: larger sees finer structures and takes longer. Not for models that see the whole image at their input size.</source>
        <translation>이미지 픽셀당 모델 픽셀 수: 클수록 가는 구조까지 보지만 오래 걸립니다. 이미지 전체를 입력 크기로 보는 모델에서는 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>The same seed gives the same result on the same machine</source>
        <translation>같은 컴퓨터에서 시드가 같으면 결과도 같습니다</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source> min</source>
        <translation>분</translation>
    </message>
    <message>
        <source>Size of what is trained in the encoder: more can learn more, and overfit more</source>
        <translation>인코더에서 학습하는 부분의 크기: 크면 더 많이 배우지만 과적합도 늘어납니다</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>기본값</translation>
    </message>
    <message>
        <source>Set everything back to what Finebrush recommends</source>
        <translation>모든 설정을 Finebrush 권장값으로 되돌립니다</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>논문 설정</translation>
    </message>
    <message>
        <source>Conv-LoRA as published: the paper&apos;s gate, rank 3, alpha 32, 8 experts</source>
        <translation>발표된 그대로의 Conv-LoRA: 논문의 게이트, 랭크 3, 알파 32, 전문가 8개</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>알파</translation>
    </message>
    <message>
        <source>The adapter&apos;s output is multiplied by alpha / rank; it follows the rank</source>
        <translation>어댑터의 출력에 알파 ÷ 랭크를 곱합니다. 랭크를 바꾸면 함께 바뀝니다</translation>
    </message>
    <message>
        <source>What trains in the image encoder; the mask decoder trains with every method</source>
        <translation>이미지 인코더에서 학습하는 부분입니다. 마스크 디코더는 어느 방법에서나 학습합니다</translation>
    </message>
    <message>
        <source>Model sees</source>
        <translation>모델이 보는 값</translation>
    </message>
    <message>
        <source>Which raw values the model gets as black and white. How an image is displayed changes nothing here, except with “As displayed”.</source>
        <translation>모델이 검정과 흰색으로 받는 원시 값입니다. “표시된 대로”가 아니면 표시 방법은 영향을 주지 않습니다.</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작점</translation>
    </message>
</context>
<context>
    <name>finebrush::ChartsDock</name>
    <message>
        <source>Charts</source>
        <translation>차트</translation>
    </message>
    <message>
        <source>Charts of the training come here while the model learns</source>
        <translation>모델이 학습하는 동안 학습 차트가 여기에 나타납니다</translation>
    </message>
</context>
<context>
    <name>finebrush::ClassesDock</name>
    <message>
        <source>Double-click to choose a key</source>
        <translation>두 번 클릭하면 키를 고릅니다</translation>
    </message>
    <message>
        <source>Key of “%1”</source>
        <translation>“%1”의 키</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>키 없음</translation>
    </message>
    <message>
        <source>%1, now of “%2”</source>
        <translation>%1, 지금은 “%2”의 키</translation>
    </message>
    <message>
        <source>Double-click to choose another colour</source>
        <translation>두 번 클릭하면 색을 바꿉니다</translation>
    </message>
    <message>
        <source>Double-click to rename</source>
        <translation>두 번 클릭하면 이름을 바꿉니다</translation>
    </message>
    <message>
        <source>Press %1 to paint with this class. Double-click to choose another key</source>
        <translation>%1 키를 누르면 이 클래스로 칠합니다. 두 번 클릭하면 다른 키를 고릅니다</translation>
    </message>
    <message>
        <source>Click to hide this class</source>
        <translation>클릭하면 이 클래스를 숨깁니다</translation>
    </message>
    <message>
        <source>Click to show this class</source>
        <translation>클릭하면 이 클래스를 표시합니다</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>표시됨</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>숨겨짐</translation>
    </message>
    <message>
        <source>Class %1</source>
        <translation>클래스 %1</translation>
    </message>
    <message>
        <source>Colour of “%1”</source>
        <translation>“%1” 색</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Add a class</source>
        <translation>클래스 추가</translation>
    </message>
    <message>
        <source>Rename the selected class</source>
        <translation>선택한 클래스 이름 바꾸기</translation>
    </message>
    <message>
        <source>Choose the colour of the selected class</source>
        <translation>선택한 클래스의 색 고르기</translation>
    </message>
    <message>
        <source>Remove the selected class</source>
        <translation>선택한 클래스 제거</translation>
    </message>
    <message>
        <source>Locked: nothing paints over this class. Click to unlock</source>
        <translation>잠김: 이 클래스 위에는 칠해지지 않습니다. 클릭하면 잠금이 풀립니다</translation>
    </message>
    <message>
        <source>Click to lock: nothing then paints over this class</source>
        <translation>클릭하면 잠급니다. 잠그면 이 클래스 위에는 칠해지지 않습니다</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>잠김</translation>
    </message>
    <message>
        <source>Not locked</source>
        <translation>잠기지 않음</translation>
    </message>
</context>
<context>
    <name>finebrush::CommandPalette</name>
    <message>
        <source>No command is called “%1”</source>
        <translation>“%1”이라는 명령이 없습니다</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>명령 찾기</translation>
    </message>
    <message>
        <source>Type a part of its name</source>
        <translation>이름의 일부를 입력하세요</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>명령</translation>
    </message>
</context>
<context>
    <name>finebrush::CtWindow</name>
    <message>
        <source>Soft tissue</source>
        <translation>연조직</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>폐</translation>
    </message>
    <message>
        <source>Bone</source>
        <translation>뼈</translation>
    </message>
    <message>
        <source>Brain</source>
        <translation>뇌</translation>
    </message>
    <message>
        <source>Liver</source>
        <translation>간</translation>
    </message>
</context>
<context>
    <name>finebrush::DetailsDialog</name>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>The last lines of the engine&apos;s log:</source>
        <translation>엔진 로그의 마지막 부분:</translation>
    </message>
    <message>
        <source>There is nothing more to say about this.</source>
        <translation>더 자세한 내용이 없습니다.</translation>
    </message>
</context>
<context>
    <name>finebrush::DisplayDock</name>
    <message>
        <source>Black %1 – white %2</source>
        <translation>검정 %1 – 흰색 %2</translation>
    </message>
    <message>
        <source>From the file</source>
        <translation>파일의 설정</translation>
    </message>
    <message>
        <source>All values</source>
        <translation>모든 값</translation>
    </message>
    <message>
        <source>%1 – %2 %</source>
        <translation>%1 – %2 %</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8비트</translation>
    </message>
    <message>
        <source>Each band: %1 – %2 %</source>
        <translation>밴드별: %1 – %2 %</translation>
    </message>
    <message>
        <source>Bands %1 – %2 – %3</source>
        <translation>밴드 %1 – %2 – %3</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Histogram of the raw values</source>
        <translation>원시 값의 히스토그램</translation>
    </message>
    <message>
        <source>How often each value occurs; drag the triangles of black and white</source>
        <translation>각 값의 빈도입니다. 검정과 흰색 삼각형을 드래그하세요</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>사전 설정</translation>
    </message>
    <message>
        <source>Windows of the file or of a CT, stretches over its values, and bands for the colours</source>
        <translation>파일이나 CT의 윈도우, 값 범위에 맞춘 스트레치, 색에 쓸 밴드</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>레벨</translation>
    </message>
    <message>
        <source>The raw value in the middle between black and white. Where each band has its own, all move together.</source>
        <translation>검정과 흰색의 중간에 놓이는 원시 값입니다. 밴드마다 따로 정해져 있으면 모두 함께 움직입니다.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>윈도우</translation>
    </message>
    <message>
        <source>How many raw values lie between black and white. Where each band has its own, all widen together.</source>
        <translation>검정과 흰색 사이에 놓이는 원시 값의 폭입니다. 밴드마다 따로 정해져 있으면 모두 함께 넓어집니다.</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>감마</translation>
    </message>
    <message>
        <source>Above 1, what lies between black and white is brighter</source>
        <translation>1보다 크면 검정과 흰색 사이가 더 밝아집니다</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>밴드</translation>
    </message>
    <message>
        <source>The bands that are shown red, green and blue</source>
        <translation>빨강, 초록, 파랑으로 표시할 밴드</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>빨강</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>초록</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>파랑</translation>
    </message>
    <message>
        <source>The band that is shown as: %1</source>
        <translation>이 색으로 표시할 밴드: %1</translation>
    </message>
    <message>
        <source>Black and white swapped</source>
        <translation>검정과 흰색 바꾸기</translation>
    </message>
    <message>
        <source>Smooth when enlarged</source>
        <translation>확대할 때 부드럽게</translation>
    </message>
    <message>
        <source>Pixels blend into each other instead of being squares</source>
        <translation>픽셀을 사각형으로 두지 않고 서로 부드럽게 잇습니다</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>Show the image as when it was opened first</source>
        <translation>처음 열었을 때처럼 표시합니다</translation>
    </message>
    <message>
        <source>Drag with Shift and the right button: sideways for the window, upwards for brighter. The model sees it only with “As displayed”.</source>
        <translation>Shift와 오른쪽 버튼으로 드래그하면 옆으로는 윈도우, 위로는 밝기가 바뀝니다. 모델은 “표시된 대로”일 때만 이것을 봅니다.</translation>
    </message>
</context>
<context>
    <name>finebrush::Dock</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>떼어 내기</translation>
    </message>
</context>
<context>
    <name>finebrush::Duration</name>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1분</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1분 %2초</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1시간 %2분</translation>
    </message>
</context>
<context>
    <name>finebrush::EditingActions</name>
    <message>
        <source>Remove islands</source>
        <translation>작은 조각 제거</translation>
    </message>
    <message>
        <source>Erase pieces of “%1” that are smaller than this (px):</source>
        <translation>“%1” 클래스에서 이보다 작은 조각을 지웁니다(px):</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>finebrush::EmptyHint</name>
    <message>
        <source>Drop an image here or press %1</source>
        <translation>이미지를 여기에 놓거나 %1 키를 누르세요</translation>
    </message>
    <message>
        <source>1.  Paint a few strokes of each class, the background too
2.  Press Adapt and watch the masks appear
3.  Accept the prediction, or export masks and adapter</source>
        <translation>1.  배경을 포함해 클래스마다 몇 획씩 칠하세요
2.  적응을 누르고 마스크가 나타나는 것을 보세요
3.  예측을 수락하거나 마스크와 어댑터를 내보내세요</translation>
    </message>
    <message>
        <source>Open images…</source>
        <translation>이미지 열기…</translation>
    </message>
    <message>
        <source>Drop an image here</source>
        <translation>이미지를 여기에 놓으세요</translation>
    </message>
</context>
<context>
    <name>finebrush::EngineProcess</name>
    <message>
        <source>ended by signal %1</source>
        <translation>신호 %1번으로 종료</translation>
    </message>
    <message>
        <source>exit status %1</source>
        <translation>종료 상태 %1</translation>
    </message>
</context>
<context>
    <name>finebrush::FileWorkBar</name>
    <message>
        <source>Importing…</source>
        <translation>가져오는 중…</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>내보내는 중…</translation>
    </message>
    <message>
        <source>Files are read or written; an export waits for labels that are still being changed. You can go on working</source>
        <translation>파일을 읽거나 쓰고 있습니다. 내보내기는 아직 변경 중인 라벨을 기다립니다. 작업을 계속할 수 있습니다</translation>
    </message>
    <message>
        <source>Stop importing</source>
        <translation>가져오기 중지</translation>
    </message>
    <message>
        <source>Stop exporting</source>
        <translation>내보내기 중지</translation>
    </message>
    <message>
        <source>Stop; nothing is imported</source>
        <translation>중지합니다. 아무것도 가져오지 않습니다</translation>
    </message>
    <message>
        <source>Stop; files that are whole stay, and none is left unfinished</source>
        <translation>중지합니다. 끝까지 저장된 파일은 남고, 쓰다 만 파일은 남지 않습니다</translation>
    </message>
</context>
<context>
    <name>finebrush::ImageItemDelegate</name>
    <message>
        <source>File missing</source>
        <translation>파일 없음</translation>
    </message>
    <message>
        <source>Another file</source>
        <translation>다른 파일</translation>
    </message>
</context>
<context>
    <name>finebrush::ImageTitle</name>
    <message>
        <source>axial %1</source>
        <translation>축상면 %1</translation>
    </message>
    <message>
        <source>coronal %1</source>
        <translation>관상면 %1</translation>
    </message>
    <message>
        <source>sagittal %1</source>
        <translation>시상면 %1</translation>
    </message>
    <message>
        <source>slice %1</source>
        <translation>슬라이스 %1</translation>
    </message>
</context>
<context>
    <name>finebrush::ImagesDock</name>
    <message>
        <source>%1 slices, %2 labelled</source>
        <translation>%1장, 라벨 %2장</translation>
    </message>
    <message>
        <source>Labelled slices: %1</source>
        <translation>라벨이 있는 슬라이스: %1개</translation>
    </message>
    <message>
        <source>The address counts from 0</source>
        <translation>주소는 0부터 셉니다</translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>완료 %1/%2</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Images of the project</source>
        <translation>프로젝트의 이미지</translation>
    </message>
    <message>
        <source>Add images</source>
        <translation>이미지 추가</translation>
    </message>
    <message>
        <source>Remove the selected image, or the whole volume, from the project</source>
        <translation>선택한 이미지나 볼륨 전체를 프로젝트에서 제거</translation>
    </message>
    <message>
        <source>Remove image</source>
        <translation>이미지 제거</translation>
    </message>
</context>
<context>
    <name>finebrush::InputRangeField</name>
    <message>
        <source>8-bit values as they are</source>
        <translation>8비트 값 그대로</translation>
    </message>
    <message>
        <source>Each band by itself</source>
        <translation>밴드마다 따로</translation>
    </message>
    <message>
        <source>Black and white are found in each band, not in all of them together</source>
        <translation>검정과 흰색을 모든 밴드를 합쳐서가 아니라 밴드마다 따로 정합니다</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>빨강</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>초록</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>파랑</translation>
    </message>
    <message>
        <source>Band that the model sees as: %1</source>
        <translation>모델이 %1(으)로 보는 밴드</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Lower percentile</source>
        <translation>아래 백분위수</translation>
    </message>
    <message>
        <source>Centre of the window</source>
        <translation>윈도우의 중심</translation>
    </message>
    <message>
        <source>Upper percentile</source>
        <translation>위 백분위수</translation>
    </message>
    <message>
        <source>Width of the window</source>
        <translation>윈도우의 폭</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>All values of the image</source>
        <translation>이미지의 모든 값</translation>
    </message>
    <message>
        <source>Percentiles</source>
        <translation>백분위수</translation>
    </message>
    <message>
        <source>One window for all images</source>
        <translation>모든 이미지에 같은 윈도우</translation>
    </message>
    <message>
        <source>As displayed</source>
        <translation>표시된 대로</translation>
    </message>
    <message>
        <source>Model sees</source>
        <translation>모델이 보는 값</translation>
    </message>
</context>
<context>
    <name>finebrush::LayerChart</name>
    <message>
        <source>Detail scales by layer</source>
        <translation>층별 세부 배율</translation>
    </message>
    <message>
        <source>Chart of the share of each detail scale in every layer</source>
        <translation>층마다 세부 배율의 비율을 보여 주는 차트</translation>
    </message>
    <message>
        <source>Layer (stage.block)</source>
        <translation>층(단계.블록)</translation>
    </message>
    <message>
        <source>Share (%)</source>
        <translation>비율(%)</translation>
    </message>
</context>
<context>
    <name>finebrush::LowRankFields</name>
    <message>
        <source>Experts</source>
        <translation>전문가 수</translation>
    </message>
    <message>
        <source>How many detail scales there are to choose from</source>
        <translation>고를 수 있는 세부 배율의 수</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>배율</translation>
    </message>
    <message>
        <source>Times the detail that each expert works at, such as 1, 2, 4; empty: 1 up to the number of experts</source>
        <translation>각 전문가가 보는 세부 배율(예: 1, 2, 4). 비워 두면 1부터 전문가 수까지</translation>
    </message>
    <message>
        <source>Experts kept</source>
        <translation>남길 전문가</translation>
    </message>
    <message>
        <source>How many experts the gate keeps for a part of the image</source>
        <translation>게이트가 영상의 한 부분마다 남기는 전문가의 수</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>균형</translation>
    </message>
    <message>
        <source>How strongly the gate is kept from using few experts only; 0: not at all</source>
        <translation>게이트가 몇몇 전문가만 쓰지 않도록 막는 세기. 0이면 막지 않음</translation>
    </message>
    <message>
        <source>Projections of the attention (q, k, v, output) and layers (MLP) that get an adapter</source>
        <translation>어댑터를 넣을 어텐션 투영(q, k, v, 출력)과 층(MLP)</translation>
    </message>
    <message>
        <source>Adapters in</source>
        <translation>어댑터 위치</translation>
    </message>
    <message>
        <source>Adapters in %1</source>
        <translation>%1에 어댑터</translation>
    </message>
    <message>
        <source>Last blocks</source>
        <translation>마지막 블록</translation>
    </message>
    <message>
        <source>So many blocks, counted from the last, get adapters</source>
        <translation>마지막부터 이만큼의 블록에 어댑터를 넣음</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
</context>
<context>
    <name>finebrush::LossChart</name>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Chart of the loss over the training steps</source>
        <translation>학습 단계별 손실 차트</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Painted</source>
        <translation>칠한 곳</translation>
    </message>
    <message>
        <source>Unpainted</source>
        <translation>칠하지 않은 곳</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>균형</translation>
    </message>
</context>
<context>
    <name>finebrush::LabelWorkBar</name>
    <message>
        <source>Changing labels</source>
        <translation>라벨 바꾸는 중</translation>
    </message>
    <message>
        <source>This edit looks at many pixels; you can go on painting, and what you paint stays</source>
        <translation>많은 픽셀을 살펴보는 편집입니다. 계속 칠할 수 있으며, 그동안 칠한 것은 그대로 남습니다</translation>
    </message>
    <message>
        <source>Stop changing labels</source>
        <translation>라벨 바꾸기 중지</translation>
    </message>
    <message>
        <source>Stop; the labels stay as they are</source>
        <translation>중지합니다. 라벨은 그대로 남습니다</translation>
    </message>
</context>
<context>
    <name>finebrush::MainActions</name>
    <message>
        <source>Move the class u&amp;p</source>
        <translation>클래스 위로 옮기기(&amp;P)</translation>
    </message>
    <message>
        <source>Move the current class up in the list</source>
        <translation>현재 클래스를 목록에서 위로 옮깁니다</translation>
    </message>
    <message>
        <source>Mo&amp;ve the class down</source>
        <translation>클래스 아래로 옮기기(&amp;V)</translation>
    </message>
    <message>
        <source>Move the current class down in the list</source>
        <translation>현재 클래스를 목록에서 아래로 옮깁니다</translation>
    </message>
    <message>
        <source>Paint only o&amp;ver the current class</source>
        <translation>현재 클래스 위에만 칠하기(&amp;V)</translation>
    </message>
    <message>
        <source>Paint only over the class that is current now: then take up another class to paint with</source>
        <translation>지금의 현재 클래스 위에만 칠하기: 그런 다음 칠할 다른 클래스를 고르세요</translation>
    </message>
    <message>
        <source>Paint only values in a ran&amp;ge</source>
        <translation>값 범위 안에만 칠하기(&amp;G)</translation>
    </message>
    <message>
        <source>Paint only values in a range: other pixels are neither painted nor erased</source>
        <translation>값 범위 안에만 칠하기: 다른 픽셀은 칠하지도 지우지도 않습니다</translation>
    </message>
    <message>
        <source>L&amp;ine</source>
        <translation>선(&amp;I)</translation>
    </message>
    <message>
        <source>Line: drag a straight stroke of the brush</source>
        <translation>선: 끌어서 붓으로 곧은 획을 그립니다</translation>
    </message>
    <message>
        <source>Learning c&amp;urves (CSV)…</source>
        <translation>학습 곡선(CSV)(&amp;U)…</translation>
    </message>
    <message>
        <source>Export the learning curves: the numbers that the charts show</source>
        <translation>학습 곡선 내보내기: 차트가 보여 주는 수치</translation>
    </message>
    <message>
        <source>Show where the model is &amp;unsure</source>
        <translation>모델이 확신하지 못하는 곳 표시(&amp;U)</translation>
    </message>
    <message>
        <source>Show how unsure the model is as a veil, in the place of its prediction</source>
        <translation>예측 대신 모델이 얼마나 확신하지 못하는지를 막으로 표시</translation>
    </message>
    <message>
        <source>&amp;Go to the next unsure place</source>
        <translation>다음 불확실한 곳으로 가기(&amp;G)</translation>
    </message>
    <message>
        <source>Go to the next place where the model is unsure and nothing is painted</source>
        <translation>모델이 확신하지 못하고 아직 칠하지 않은 다음 곳으로 가기</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>전체 화면(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>명령 찾기(&amp;F)…</translation>
    </message>
    <message>
        <source>Find a command and its keys</source>
        <translation>명령과 단축키 찾기</translation>
    </message>
    <message>
        <source>&amp;New project</source>
        <translation>새 프로젝트(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open images…</source>
        <translation>이미지 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Open images</source>
        <translation>이미지 열기</translation>
    </message>
    <message>
        <source>Open &amp;folder with labels…</source>
        <translation>라벨이 있는 폴더 열기(&amp;F)…</translation>
    </message>
    <message>
        <source>Start a project from a folder that holds “images” and “labels”</source>
        <translation>“images”와 “labels” 폴더가 들어 있는 폴더로 프로젝트를 시작합니다</translation>
    </message>
    <message>
        <source>Open &amp;project…</source>
        <translation>프로젝트 열기(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Save project</source>
        <translation>프로젝트 저장(&amp;S)</translation>
    </message>
    <message>
        <source>Save the project</source>
        <translation>프로젝트 저장</translation>
    </message>
    <message>
        <source>Save project &amp;as…</source>
        <translation>다른 이름으로 프로젝트 저장(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>브러시(&amp;B)</translation>
    </message>
    <message>
        <source>Paint; the right button erases</source>
        <translation>칠하기. 오른쪽 단추로 지웁니다</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>지우개(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Pan</source>
        <translation>이동(&amp;P)</translation>
    </message>
    <message>
        <source>Move the image; also the middle button or Space</source>
        <translation>이미지 이동. 가운데 단추나 스페이스로도 됩니다</translation>
    </message>
    <message>
        <source>&amp;Larger brush</source>
        <translation>브러시 크게(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;maller brush</source>
        <translation>브러시 작게(&amp;M)</translation>
    </message>
    <message>
        <source>Press &amp;the tool at the pointer</source>
        <translation>포인터에서 도구 누르기(&amp;T)</translation>
    </message>
    <message>
        <source>Press the tool at the pointer, as the mouse does; while its key is held, arrows drag</source>
        <translation>마우스처럼 포인터 위치에서 도구를 누릅니다. 키를 누르고 있는 동안에는 화살표로 드래그합니다</translation>
    </message>
    <message>
        <source>Press t&amp;he right button at the pointer</source>
        <translation>포인터에서 오른쪽 버튼 누르기(&amp;H)</translation>
    </message>
    <message>
        <source>Press the right button at the pointer, as the mouse does; while its key is held, arrows drag</source>
        <translation>마우스처럼 포인터 위치에서 오른쪽 버튼을 누릅니다. 키를 누르고 있는 동안에는 화살표로 드래그합니다</translation>
    </message>
    <message>
        <source>S&amp;wap with the first class</source>
        <translation>첫 번째 클래스와 바꾸기(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Add a class</source>
        <translation>클래스 추가(&amp;A)</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>환경설정(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Fit to the window</source>
        <translation>창에 맞추기(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>실제 크기(&amp;A)</translation>
    </message>
    <message>
        <source>Actual size, 1:1</source>
        <translation>실제 크기 1:1</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>확대(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>축소(&amp;O)</translation>
    </message>
    <message>
        <source>Show &amp;labels and prediction</source>
        <translation>라벨과 예측 표시(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Previous image</source>
        <translation>이전 이미지(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Next image</source>
        <translation>다음 이미지(&amp;N)</translation>
    </message>
    <message>
        <source>Next image not done</source>
        <translation>완료되지 않은 다음 이미지</translation>
    </message>
    <message>
        <source>Go to the next image or volume that is not marked as done</source>
        <translation>완료로 표시하지 않은 다음 이미지나 볼륨으로 갑니다</translation>
    </message>
    <message>
        <source>P&amp;revious slice</source>
        <translation>이전 슬라이스(&amp;R)</translation>
    </message>
    <message>
        <source>N&amp;ext slice</source>
        <translation>다음 슬라이스(&amp;E)</translation>
    </message>
    <message>
        <source>A&amp;xial</source>
        <translation>축상면(&amp;X)</translation>
    </message>
    <message>
        <source>Slices of the volume as seen from the feet</source>
        <translation>발쪽에서 본 볼륨의 슬라이스</translation>
    </message>
    <message>
        <source>&amp;Coronal</source>
        <translation>관상면(&amp;C)</translation>
    </message>
    <message>
        <source>Slices of the volume as seen from the front</source>
        <translation>앞쪽에서 본 볼륨의 슬라이스</translation>
    </message>
    <message>
        <source>&amp;Sagittal</source>
        <translation>시상면(&amp;S)</translation>
    </message>
    <message>
        <source>Slices of the volume as seen from the patient’s left</source>
        <translation>환자의 왼쪽에서 본 볼륨의 슬라이스</translation>
    </message>
    <message>
        <source>&amp;Adapt</source>
        <translation>적응(&amp;A)</translation>
    </message>
    <message>
        <source>Fine-tune the model on what you have painted</source>
        <translation>칠한 내용으로 모델을 미세 조정</translation>
    </message>
    <message>
        <source>&amp;Pause or resume</source>
        <translation>일시 정지 또는 계속(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>중지(&amp;S)</translation>
    </message>
    <message>
        <source>A&amp;ccept the prediction</source>
        <translation>예측 수락(&amp;C)</translation>
    </message>
    <message>
        <source>Predict a&amp;ll images</source>
        <translation>모든 이미지 예측(&amp;L)</translation>
    </message>
    <message>
        <source>Predict each image that the model has not predicted yet, in the background</source>
        <translation>모델이 아직 예측하지 않은 이미지를 모두 뒤에서 예측합니다</translation>
    </message>
    <message>
        <source>&amp;About Finebrush</source>
        <translation>Finebrush 정보(&amp;A)</translation>
    </message>
    <message>
        <source>Recover &amp;unsaved work…</source>
        <translation>저장하지 않은 작업 복구(&amp;U)…</translation>
    </message>
    <message>
        <source>List earlier work that was not saved to a file</source>
        <translation>파일로 저장하지 않은 이전 작업 보기</translation>
    </message>
    <message>
        <source>Find mo&amp;ved images…</source>
        <translation>옮긴 이미지 찾기(&amp;V)…</translation>
    </message>
    <message>
        <source>Look for missing images in a folder</source>
        <translation>폴더에서 없어진 이미지 찾기</translation>
    </message>
    <message>
        <source>Export pictures of the images with their masks</source>
        <translation>이미지 위에 마스크를 그린 그림 내보내기</translation>
    </message>
    <message>
        <source>A&amp;dapter…</source>
        <translation>어댑터(&amp;D)…</translation>
    </message>
    <message>
        <source>Export what was trained: finebrush-engine predicts with it</source>
        <translation>학습한 부분 내보내기: finebrush-engine으로 예측할 때 씁니다</translation>
    </message>
    <message>
        <source>&amp;Masks (PNG)…</source>
        <translation>마스크(PNG)(&amp;M)…</translation>
    </message>
    <message>
        <source>Export masks: an index image for each image with labels or a prediction</source>
        <translation>마스크 내보내기: 라벨이나 예측이 있는 이미지마다 인덱스 이미지 하나</translation>
    </message>
    <message>
        <source>O&amp;verlays (PNG)…</source>
        <translation>오버레이(PNG)(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;COCO (JSON)…</source>
        <translation>COCO(JSON)(&amp;C)…</translation>
    </message>
    <message>
        <source>Export one COCO file of all images</source>
        <translation>모든 이미지를 COCO 파일 하나로 내보내기</translation>
    </message>
    <message>
        <source>&amp;labelme (JSON)…</source>
        <translation>labelme(JSON)(&amp;L)…</translation>
    </message>
    <message>
        <source>Export a labelme file for each image</source>
        <translation>이미지마다 labelme 파일 하나씩 내보내기</translation>
    </message>
    <message>
        <source>Masks as &amp;GeoTIFF…</source>
        <translation>GeoTIFF 마스크(&amp;G)…</translation>
    </message>
    <message>
        <source>Export class numbers on the grid of each map, unlabelled pixels as no data (255)</source>
        <translation>지도마다 같은 격자에 클래스 번호 내보내기, 라벨 없는 픽셀은 데이터 없음(255)</translation>
    </message>
    <message>
        <source>Polygons &amp;as GeoPackage…</source>
        <translation>GeoPackage 다각형(&amp;A)…</translation>
    </message>
    <message>
        <source>Export outlines in the reference system of each map</source>
        <translation>지도마다 같은 좌표계로 윤곽 내보내기</translation>
    </message>
    <message>
        <source>Polygons as Geo&amp;JSON…</source>
        <translation>GeoJSON 다각형(&amp;J)…</translation>
    </message>
    <message>
        <source>Export outlines: of a map on WGS 84, of any other image in pixels</source>
        <translation>윤곽 내보내기: 지도는 WGS 84, 다른 이미지는 픽셀 좌표</translation>
    </message>
    <message>
        <source>Label volume (&amp;NIfTI), unlabelled as 0…</source>
        <translation>라벨 볼륨(NIfTI), 라벨 없음은 0(&amp;N)…</translation>
    </message>
    <message>
        <source>Export the slices of all views as one volume, for ITK-SNAP and 3D Slicer; voxels without a label get 0, the value of “Background” in a new project</source>
        <translation>모든 방향의 슬라이스를 ITK-SNAP과 3D Slicer용 볼륨 하나로 내보내기. 라벨 없는 복셀은 새 프로젝트에서 “배경”의 값인 0이 됩니다</translation>
    </message>
    <message>
        <source>Label volume (NIfTI), unlabelled as &amp;255…</source>
        <translation>라벨 볼륨(NIfTI), 라벨 없음은 255(&amp;2)…</translation>
    </message>
    <message>
        <source>Export the slices of all views as one volume; voxels without a label get 255, which keeps them apart from every class</source>
        <translation>모든 방향의 슬라이스를 볼륨 하나로 내보내기. 라벨 없는 복셀은 255가 되어 모든 클래스와 구분됩니다</translation>
    </message>
    <message>
        <source>Class s&amp;tatistics (CSV)…</source>
        <translation>클래스 통계(CSV)(&amp;T)…</translation>
    </message>
    <message>
        <source>Export a table: how many pixels of each image every class has, and their area</source>
        <translation>표 내보내기: 이미지마다 각 클래스의 픽셀 수와 면적</translation>
    </message>
    <message>
        <source>DICOM &amp;segmentation…</source>
        <translation>DICOM 분할(&amp;S)…</translation>
    </message>
    <message>
        <source>Export the slices of all views as segments; the file does not say who the patient is</source>
        <translation>모든 방향의 슬라이스를 세그먼트로 내보내기. 파일에 환자 정보가 들어가지 않습니다</translation>
    </message>
    <message>
        <source>DICOM segmentation with &amp;patient…</source>
        <translation>환자 정보가 있는 DICOM 분할(&amp;P)…</translation>
    </message>
    <message>
        <source>Export the slices of all views as segments, with the patient&apos;s name and ID, as an archive needs it</source>
        <translation>모든 방향의 슬라이스를 환자 이름과 번호가 든 세그먼트로 내보내기. 보관 시스템에 필요합니다</translation>
    </message>
    <message>
        <source>P&amp;olygon</source>
        <translation>다각형(&amp;O)</translation>
    </message>
    <message>
        <source>Polygon: click its corners, and fill it</source>
        <translation>다각형: 꼭짓점을 클릭해 만들고 채웁니다</translation>
    </message>
    <message>
        <source>&amp;Rectangle</source>
        <translation>사각형(&amp;R)</translation>
    </message>
    <message>
        <source>Rectangle: drag to fill it</source>
        <translation>사각형: 드래그한 영역을 채웁니다</translation>
    </message>
    <message>
        <source>L&amp;asso</source>
        <translation>올가미(&amp;A)</translation>
    </message>
    <message>
        <source>Lasso: draw around what is to be filled</source>
        <translation>올가미: 채울 영역을 둘러 그립니다</translation>
    </message>
    <message>
        <source>&amp;Fill</source>
        <translation>채우기(&amp;F)</translation>
    </message>
    <message>
        <source>Fill: click an area of one label</source>
        <translation>채우기: 라벨이 같은 영역을 클릭합니다</translation>
    </message>
    <message>
        <source>Magic &amp;wand</source>
        <translation>마술봉(&amp;W)</translation>
    </message>
    <message>
        <source>Magic wand: click an area of one colour, drag for a wider one</source>
        <translation>마술봉: 색이 비슷한 영역을 클릭하고, 드래그해 범위를 넓힙니다</translation>
    </message>
    <message>
        <source>&amp;Segment anything</source>
        <translation>무엇이든 분할(&amp;S)</translation>
    </message>
    <message>
        <source>Segment anything: drag a box around an object, or click it</source>
        <translation>무엇이든 분할: 대상을 클릭하거나 상자로 감쌉니다</translation>
    </message>
    <message>
        <source>Pick a &amp;class</source>
        <translation>클래스 고르기(&amp;C)</translation>
    </message>
    <message>
        <source>Pick the class under the pointer</source>
        <translation>포인터 아래의 클래스를 고릅니다</translation>
    </message>
    <message>
        <source>Measure a &amp;distance</source>
        <translation>거리 재기(&amp;D)</translation>
    </message>
    <message>
        <source>Measure a distance: drag a line to see its length; it labels nothing</source>
        <translation>거리 재기: 선을 드래그하면 길이가 나옵니다. 라벨은 바뀌지 않습니다</translation>
    </message>
    <message>
        <source>Paint only on u&amp;nlabelled pixels</source>
        <translation>라벨이 없는 픽셀에만 칠하기(&amp;N)</translation>
    </message>
    <message>
        <source>Paint only on unlabelled pixels: what has a label keeps it</source>
        <translation>라벨이 없는 픽셀에만 칠하기: 이미 있는 라벨은 그대로 둡니다</translation>
    </message>
    <message>
        <source>&amp;Lock the class</source>
        <translation>클래스 잠그기(&amp;L)</translation>
    </message>
    <message>
        <source>Lock the current class: nothing paints over it or erases it</source>
        <translation>현재 클래스 잠그기: 덧칠하거나 지울 수 없게 합니다</translation>
    </message>
    <message>
        <source>Fill &amp;holes</source>
        <translation>구멍 채우기(&amp;H)</translation>
    </message>
    <message>
        <source>Fill what the current class encloses</source>
        <translation>현재 클래스로 둘러싸인 곳을 채웁니다</translation>
    </message>
    <message>
        <source>Remove &amp;islands…</source>
        <translation>작은 조각 제거(&amp;I)…</translation>
    </message>
    <message>
        <source>Erase the small pieces of the current class</source>
        <translation>현재 클래스의 작은 조각을 지웁니다</translation>
    </message>
    <message>
        <source>&amp;Grow by 1 px</source>
        <translation>1 px 넓히기(&amp;G)</translation>
    </message>
    <message>
        <source>Grow the current class by 1 px</source>
        <translation>현재 클래스를 1 px 넓힙니다</translation>
    </message>
    <message>
        <source>&amp;Shrink by 1 px</source>
        <translation>1 px 좁히기(&amp;S)</translation>
    </message>
    <message>
        <source>Shrink the current class by 1 px</source>
        <translation>현재 클래스를 1 px 좁힙니다</translation>
    </message>
    <message>
        <source>&amp;Labels…</source>
        <translation>라벨(&amp;L)…</translation>
    </message>
    <message>
        <source>Import labels for the images of the project: index images, COCO, labelme, GeoJSON, NIfTI, DICOM segmentations</source>
        <translation>프로젝트 이미지의 라벨 가져오기: 인덱스 이미지, COCO, labelme, GeoJSON, NIfTI, DICOM 분할</translation>
    </message>
    <message>
        <source>&amp;Class list…</source>
        <translation>클래스 목록(&amp;C)…</translation>
    </message>
    <message>
        <source>Import names and colours of classes: JSON, ITK-SNAP, CVAT, QGIS</source>
        <translation>클래스 이름과 색상 가져오기: JSON, ITK-SNAP, CVAT, QGIS</translation>
    </message>
    <message>
        <source>Predict with what was trained elsewhere: a folder of Finebrush or AutoGluon</source>
        <translation>다른 곳에서 학습한 어댑터로 예측하기: Finebrush나 AutoGluon의 폴더</translation>
    </message>
    <message>
        <source>Class l&amp;ist…</source>
        <translation>클래스 목록(&amp;I)…</translation>
    </message>
    <message>
        <source>Export names and colours of the classes: JSON, ITK-SNAP, CVAT, QGIS</source>
        <translation>클래스 이름과 색상 내보내기: JSON, ITK-SNAP, CVAT, QGIS</translation>
    </message>
    <message>
        <source>&amp;Only images marked as done</source>
        <translation>완료로 표시한 이미지만(&amp;O)</translation>
    </message>
    <message>
        <source>Export only the images and volumes that are marked as done</source>
        <translation>완료로 표시한 이미지와 볼륨만 내보냅니다</translation>
    </message>
    <message>
        <source>Previous fra&amp;me</source>
        <translation>이전 프레임(&amp;M)</translation>
    </message>
    <message>
        <source>Ne&amp;xt frame</source>
        <translation>다음 프레임(&amp;X)</translation>
    </message>
    <message>
        <source>Superpi&amp;xel brush</source>
        <translation>슈퍼픽셀 브러시(&amp;X)</translation>
    </message>
    <message>
        <source>Superpixel brush: paint small areas of one colour, whole, along their edges</source>
        <translation>슈퍼픽셀 브러시: 같은 색의 작은 영역을 경계를 따라 통째로 칠합니다</translation>
    </message>
    <message>
        <source>Cop&amp;y labels from the previous one</source>
        <translation>이전 라벨 복사(&amp;Y)</translation>
    </message>
    <message>
        <source>Copy the labels of the nearest labelled slice or image before this one</source>
        <translation>이보다 앞에서 가장 가까운, 라벨이 있는 슬라이스나 이미지의 라벨을 복사합니다</translation>
    </message>
    <message>
        <source>Copy labels from the ne&amp;xt one</source>
        <translation>다음 라벨 복사(&amp;X)</translation>
    </message>
    <message>
        <source>Copy the labels of the nearest labelled slice or image after this one</source>
        <translation>이보다 뒤에서 가장 가까운, 라벨이 있는 슬라이스나 이미지의 라벨을 복사합니다</translation>
    </message>
    <message>
        <source>Interpolate &amp;between slices</source>
        <translation>슬라이스 사이 보간(&amp;B)</translation>
    </message>
    <message>
        <source>Label the slices between the two nearest labelled ones by their shapes</source>
        <translation>가장 가까운 두 라벨 슬라이스 사이의 슬라이스에 모양을 따라 라벨을 만듭니다</translation>
    </message>
    <message>
        <source>&amp;Take labels of the other views</source>
        <translation>다른 방향의 라벨 가져오기(&amp;T)</translation>
    </message>
    <message>
        <source>Label what is unlabelled in this slice as slices of the other views have it</source>
        <translation>이 슬라이스의 라벨 없는 픽셀에, 다른 방향의 슬라이스가 지나며 가진 라벨을 넣습니다</translation>
    </message>
    <message>
        <source>&amp;Mark the image as done</source>
        <translation>이미지를 완료로 표시(&amp;M)</translation>
    </message>
    <message>
        <source>Mark the image, or the whole volume, as done; once more takes the mark away</source>
        <translation>이미지나 볼륨 전체를 완료로 표시합니다. 한 번 더 하면 표시를 지웁니다</translation>
    </message>
    <message>
        <source>Mark the image as to be &amp;checked</source>
        <translation>이미지를 확인 필요로 표시(&amp;C)</translation>
    </message>
    <message>
        <source>Mark the image, or the whole volume, as to be checked; once more takes the mark away</source>
        <translation>이미지나 볼륨 전체를 확인 필요로 표시합니다. 한 번 더 하면 표시를 지웁니다</translation>
    </message>
    <message>
        <source>Zoom to &amp;50 %</source>
        <translation>50 %로 보기(&amp;5)</translation>
    </message>
    <message>
        <source>Zoom to &amp;200 %</source>
        <translation>200 %로 보기(&amp;2)</translation>
    </message>
    <message>
        <source>Zoom to &amp;400 %</source>
        <translation>400 %로 보기(&amp;4)</translation>
    </message>
    <message>
        <source>Zoom to &amp;800 %</source>
        <translation>800 %로 보기(&amp;8)</translation>
    </message>
    <message>
        <source>Rotate vie&amp;w right</source>
        <translation>화면을 오른쪽으로 회전(&amp;W)</translation>
    </message>
    <message>
        <source>Rotate the view by 90° to the right; image and labels stay as they are</source>
        <translation>화면을 오른쪽으로 90° 회전합니다. 이미지와 라벨은 그대로입니다</translation>
    </message>
    <message>
        <source>Ro&amp;tate view left</source>
        <translation>화면을 왼쪽으로 회전(&amp;T)</translation>
    </message>
    <message>
        <source>Rotate the view by 90° to the left; image and labels stay as they are</source>
        <translation>화면을 왼쪽으로 90° 회전합니다. 이미지와 라벨은 그대로입니다</translation>
    </message>
    <message>
        <source>&amp;Go to a place…</source>
        <translation>위치로 이동(&amp;G)…</translation>
    </message>
    <message>
        <source>Go to a pixel, or to a place on the map or in the patient</source>
        <translation>픽셀이나 지도 위 또는 환자 안의 위치로 이동합니다</translation>
    </message>
    <message>
        <source>&amp;Compare image and overlay</source>
        <translation>이미지와 오버레이 비교(&amp;C)</translation>
    </message>
    <message>
        <source>Split the view: the image alone on the left, with labels and prediction on the right</source>
        <translation>화면을 나눕니다. 왼쪽은 이미지만, 오른쪽은 라벨과 예측까지 보입니다</translation>
    </message>
    <message>
        <source>Compare labels and pre&amp;diction</source>
        <translation>라벨과 예측 비교(&amp;D)</translation>
    </message>
    <message>
        <source>Split the view: the labels on the left, the prediction on the right</source>
        <translation>화면을 나눕니다. 왼쪽은 라벨, 오른쪽은 예측입니다</translation>
    </message>
    <message>
        <source>Side b&amp;y side</source>
        <translation>나란히 보기(&amp;Y)</translation>
    </message>
    <message>
        <source>Side by side: show the same place in other views as well, and paint in any</source>
        <translation>나란히 보기: 같은 곳을 다른 화면에도 보이고, 어느 쪽에서나 칠합니다</translation>
    </message>
    <message>
        <source>Second view: &amp;image alone</source>
        <translation>둘째 화면: 이미지만(&amp;I)</translation>
    </message>
    <message>
        <source>Second view: &amp;labels</source>
        <translation>둘째 화면: 라벨(&amp;L)</translation>
    </message>
    <message>
        <source>Second view: &amp;prediction</source>
        <translation>둘째 화면: 예측(&amp;P)</translation>
    </message>
    <message>
        <source>Second view: prediction b&amp;efore</source>
        <translation>둘째 화면: 이전 예측(&amp;E)</translation>
    </message>
    <message>
        <source>Second view: the prediction of before the last adaptation, or its first one</source>
        <translation>둘째 화면: 마지막 적응 이전의 예측, 없으면 그 적응의 첫 예측</translation>
    </message>
    <message>
        <source>&amp;Three views: image | labels | prediction</source>
        <translation>화면 셋: 이미지 | 라벨 | 예측(&amp;T)</translation>
    </message>
    <message>
        <source>Three views of the same place: the image alone, the labels, and the prediction</source>
        <translation>같은 곳을 세 화면에 보입니다: 이미지만, 라벨, 예측</translation>
    </message>
    <message>
        <source>Other views: by the &amp;shape of the window</source>
        <translation>다른 화면: 창 모양에 따라(&amp;S)</translation>
    </message>
    <message>
        <source>Other views: beside the first one in a wide window, below it in a tall one</source>
        <translation>다른 화면: 넓은 창에서는 옆에, 높은 창에서는 아래에 둡니다</translation>
    </message>
    <message>
        <source>Other views: on the &amp;right</source>
        <translation>다른 화면: 오른쪽에(&amp;R)</translation>
    </message>
    <message>
        <source>Other views: &amp;below</source>
        <translation>다른 화면: 아래에(&amp;B)</translation>
    </message>
    <message>
        <source>Three planes</source>
        <translation>세 단면</translation>
    </message>
    <message>
        <source>Three planes: show the two other planes of a volume through a crosshair</source>
        <translation>세 단면: 십자선이 지나는 볼륨의 다른 두 단면을 함께 보여 줍니다</translation>
    </message>
    <message>
        <source>Move the crosshair to the pointer</source>
        <translation>십자선을 포인터로 옮기기</translation>
    </message>
    <message>
        <source>Move the crosshair of the three planes to the pointer, as Shift and the mouse do</source>
        <translation>세 단면의 십자선을 포인터로 옮깁니다. Shift를 누르고 마우스를 움직여도 됩니다</translation>
    </message>
    <message>
        <source>Show the &amp;overview</source>
        <translation>전체 보기 표시(&amp;O)</translation>
    </message>
    <message>
        <source>Show the whole image in the corner while only a part is seen</source>
        <translation>일부만 보일 때 구석에 이미지 전체를 보여 줍니다</translation>
    </message>
    <message>
        <source>Show the scale &amp;bar</source>
        <translation>축척 막대 표시(&amp;B)</translation>
    </message>
    <message>
        <source>Show the gr&amp;id</source>
        <translation>격자 표시(&amp;I)</translation>
    </message>
    <message>
        <source>Show lines as far apart as the scale bar is long, and between the pixels from 800 % on</source>
        <translation>축척 막대 길이만큼 떨어진 선을 보여 줍니다. 800 %부터는 픽셀 사이에도 보여 줍니다</translation>
    </message>
    <message>
        <source>&amp;Hatch the classes</source>
        <translation>클래스에 빗금 넣기(&amp;H)</translation>
    </message>
    <message>
        <source>Hatch each class in its way, to tell classes of similar colours apart</source>
        <translation>비슷한 색의 클래스를 구분하도록 클래스마다 다른 빗금을 넣습니다</translation>
    </message>
    <message>
        <source>Labels of the other views</source>
        <translation>다른 방향의 라벨</translation>
    </message>
    <message>
        <source>Show what is labelled in other views of the volume, fainter, where this slice has no label</source>
        <translation>이 슬라이스에 라벨이 없는 곳에, 볼륨의 다른 방향에서 칠한 라벨을 옅게 보여 줍니다</translation>
    </message>
    <message>
        <source>Choose the class of key %1</source>
        <translation>키 %1의 클래스 선택</translation>
    </message>
    <message>
        <source>&amp;Previous class</source>
        <translation>이전 클래스(&amp;P)</translation>
    </message>
    <message>
        <source>Take up the class before the current one in the list</source>
        <translation>목록에서 현재 클래스 앞의 클래스 선택</translation>
    </message>
    <message>
        <source>&amp;Next class</source>
        <translation>다음 클래스(&amp;N)</translation>
    </message>
    <message>
        <source>Take up the class after the current one in the list</source>
        <translation>목록에서 현재 클래스 뒤의 클래스 선택</translation>
    </message>
    <message>
        <source>Edit &amp;keys…</source>
        <translation>단축키 편집(&amp;K)…</translation>
    </message>
    <message>
        <source>Re&amp;name the class</source>
        <translation>클래스 이름 바꾸기(&amp;N)</translation>
    </message>
    <message>
        <source>Hi&amp;de the class</source>
        <translation>클래스 숨기기(&amp;D)</translation>
    </message>
    <message>
        <source>Hide the current class on the image</source>
        <translation>이미지에서 현재 클래스를 숨깁니다</translation>
    </message>
    <message>
        <source>Go to the &amp;next panel</source>
        <translation>다음 패널로 이동(&amp;N)</translation>
    </message>
    <message>
        <source>Go to the panel &amp;before</source>
        <translation>이전 패널로 이동(&amp;B)</translation>
    </message>
    <message>
        <source>Edit the keys of all commands</source>
        <translation>모든 명령의 단축키 편집</translation>
    </message>
    <message>
        <source>Pen press&amp;ure changes the size</source>
        <translation>펜 필압으로 크기 조절(&amp;U)</translation>
    </message>
    <message>
        <source>First &amp;steps</source>
        <translation>첫걸음(&amp;S)</translation>
    </message>
    <message>
        <source>First steps: from an image to its labels</source>
        <translation>첫걸음: 이미지에서 라벨까지</translation>
    </message>
    <message>
        <source>Cl&amp;ear labels of this image</source>
        <translation>이 이미지의 라벨 지우기(&amp;E)</translation>
    </message>
    <message>
        <source>Erase all labels of this image or slice but those of locked classes; undo brings them back</source>
        <translation>이 이미지나 슬라이스의 라벨을 잠긴 클래스만 빼고 모두 지웁니다. 실행 취소로 되돌립니다</translation>
    </message>
</context>
<context>
    <name>finebrush::MainMenus</name>
    <message>
        <source>&amp;Views side by side</source>
        <translation>나란히 볼 화면(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Recent projects</source>
        <translation>최근 프로젝트(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Slices of the volume</source>
        <translation>볼륨의 슬라이스 방향(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Adapt</source>
        <translation>적응(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>내보내기(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>도구(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>가져오기(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation>확대/축소(&amp;Z)</translation>
    </message>
    <message>
        <source>P&amp;anels</source>
        <translation>패널(&amp;A)</translation>
    </message>
    <message>
        <source>Ch&amp;oose a class</source>
        <translation>클래스 선택(&amp;O)</translation>
    </message>
</context>
<context>
    <name>finebrush::PaintOverBox</name>
    <message>
        <source>Everything</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Unlabelled</source>
        <translation>라벨 없음</translation>
    </message>
    <message>
        <source>Paint over</source>
        <translation>덮어 칠할 대상</translation>
    </message>
    <message>
        <source>What may be painted over and erased: everything, what has no label, or one class</source>
        <translation>덮어 칠하고 지울 수 있는 것: 모두, 라벨이 없는 픽셀, 또는 한 클래스</translation>
    </message>
</context>
<context>
    <name>finebrush::PaintValuesBox</name>
    <message>
        <source>Lowest value that is painted</source>
        <translation>칠하는 가장 작은 값</translation>
    </message>
    <message>
        <source>Highest value that is painted</source>
        <translation>칠하는 가장 큰 값</translation>
    </message>
    <message>
        <source>Band of the values that are painted</source>
        <translation>칠하는 값의 밴드</translation>
    </message>
    <message>
        <source>Values that are painted: %1</source>
        <translation>칠하는 값: %1</translation>
    </message>
    <message>
        <source>Only pixels with raw values from the lowest to the highest are painted and erased</source>
        <translation>원시 값이 가장 작은 값과 가장 큰 값 사이인 픽셀만 칠하고 지웁니다</translation>
    </message>
    <message>
        <source>The band whose values count</source>
        <translation>값을 보는 밴드</translation>
    </message>
</context>
<context>
    <name>finebrush::MainToolBar</name>
    <message>
        <source>Tool bar</source>
        <translation>도구 모음</translation>
    </message>
    <message>
        <source>Diameter of the brush in pixels of the image, also Shift and the wheel</source>
        <translation>브러시 지름, 이미지 픽셀 단위. Shift+휠로도 바꿉니다</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>브러시 크기</translation>
    </message>
    <message>
        <source> px</source>
        <translation>px</translation>
    </message>
</context>
<context>
    <name>finebrush::MainWindow</name>
    <message>
        <source>About Finebrush</source>
        <translation>Finebrush 정보</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Finebrush %1&lt;/h3&gt;&lt;p&gt;Paint a few strokes, adapt the model, and let it do the rest.&lt;/p&gt;&lt;p&gt;Images and labels stay on this machine: Finebrush never goes on the network by itself.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Finebrush %1&lt;/h3&gt;&lt;p&gt;몇 획만 칠하고 모델을 적응시키면 나머지는 모델이 합니다.&lt;/p&gt;&lt;p&gt;이미지와 라벨은 이 컴퓨터에만 남습니다. Finebrush는 스스로 네트워크에 접속하지 않습니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>새 프로젝트</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1 (사본)</translation>
    </message>
    <message>
        <source>%1 (read-only)</source>
        <translation>%1 (읽기 전용)</translation>
    </message>
    <message>
        <source>%1 – Finebrush</source>
        <translation>%1 – Finebrush</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Arrows move the view, Ctrl and arrows the pointer</source>
        <translation>화살표로 보기를, Ctrl+화살표로 포인터를 옮깁니다</translation>
    </message>
    <message>
        <source>Arrows move the view, Ctrl and arrows the pointer; %1 presses the tool</source>
        <translation>화살표로 보기를, Ctrl+화살표로 포인터를 옮깁니다. %1 키로 도구를 누릅니다</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>첫걸음</translation>
    </message>
    <message>
        <source>Open images.</source>
        <translation>이미지를 엽니다.</translation>
    </message>
    <message>
        <source>Paint a few strokes of two classes; the right button erases.</source>
        <translation>두 클래스를 몇 획씩 칠합니다. 오른쪽 버튼은 지웁니다.</translation>
    </message>
    <message>
        <source>Press Adapt: the model learns from the strokes and predicts the rest.</source>
        <translation>적응을 누릅니다. 모델이 획에서 배워 나머지를 예측합니다.</translation>
    </message>
    <message>
        <source>Correct where it is wrong, and press Adapt again.</source>
        <translation>틀린 곳을 고치고 적응을 다시 누릅니다.</translation>
    </message>
    <message>
        <source>Accept the prediction: it becomes the labels.</source>
        <translation>예측을 수락하면 라벨이 됩니다.</translation>
    </message>
    <message>
        <source>Export masks or other files from the File menu.</source>
        <translation>파일 메뉴에서 마스크나 다른 파일을 내보냅니다.</translation>
    </message>
    <message>
        <source>Zoom: the wheel, with Ctrl where it goes through slices. Move the image: the middle button. Brightness and contrast: Shift and the right button.</source>
        <translation>확대·축소: 휠(휠이 슬라이스를 넘길 때는 Ctrl과 함께). 이미지 이동: 가운데 버튼. 밝기와 대비: Shift를 누르고 오른쪽 버튼으로 끌기.</translation>
    </message>
</context>
<context>
    <name>finebrush::Method</name>
    <message>
        <source>Conv-LoRA</source>
        <translation>Conv-LoRA</translation>
    </message>
    <message>
        <source>Trains low-rank updates of the attention, with convolutions at several detail scales of which a gate picks one; a step takes longer than with LoRA.</source>
        <translation>어텐션의 저랭크 갱신과, 게이트가 하나를 고르는 여러 세부 배율의 합성곱을 학습합니다. 한 단계가 LoRA보다 오래 걸립니다.</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Trains low-rank updates of the attention; few weights, and little extra work in a step.</source>
        <translation>어텐션의 저랭크 갱신을 학습합니다. 가중치가 적고 한 단계에 드는 추가 계산도 적습니다.</translation>
    </message>
    <message>
        <source>Multi-scale LoRA</source>
        <translation>다중 배율 LoRA</translation>
    </message>
    <message>
        <source>Conv-LoRA without its gate: all detail scales are computed and summed, so a step takes longer the more there are.</source>
        <translation>게이트 없는 Conv-LoRA입니다. 모든 세부 배율을 계산해 더하므로 배율이 많을수록 한 단계가 오래 걸립니다.</translation>
    </message>
    <message>
        <source>Decoder only</source>
        <translation>디코더만</translation>
    </message>
    <message>
        <source>Leaves the image encoder as it is and trains the mask decoder alone; a step is short.</source>
        <translation>이미지 인코더는 그대로 두고 마스크 디코더만 학습합니다. 한 단계가 짧습니다.</translation>
    </message>
    <message>
        <source>BitFit</source>
        <translation>BitFit</translation>
    </message>
    <message>
        <source>Trains the biases of the whole encoder and nothing else in it; very few weights, no extra layers.</source>
        <translation>인코더 전체에서 편향만 학습합니다. 가중치가 매우 적고 추가되는 층이 없습니다.</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>어댑터</translation>
    </message>
    <message>
        <source>Trains a narrow layer behind each attention and each MLP of the encoder, which also predictions have to pass.</source>
        <translation>인코더의 어텐션과 MLP마다 뒤에 좁은 층을 더해 학습합니다. 예측할 때도 이 층을 거칩니다.</translation>
    </message>
    <message>
        <source>SAM-Adapter</source>
        <translation>SAM-Adapter</translation>
    </message>
    <message>
        <source>Trains features of the image&apos;s fine structure that are added to what enters each block of the encoder.</source>
        <translation>이미지의 미세 구조에서 얻은 특징을 학습해 인코더의 각 블록에 들어가는 값에 더합니다.</translation>
    </message>
    <message>
        <source>Visual prompts (VPT)</source>
        <translation>시각 프롬프트(VPT)</translation>
    </message>
    <message>
        <source>Trains extra tokens beside the image&apos;s in every attention; the more tokens, the longer each step and each prediction.</source>
        <translation>어텐션마다 이미지 토큰 곁에 놓이는 토큰을 학습합니다. 토큰이 많을수록 단계와 예측이 오래 걸립니다.</translation>
    </message>
    <message>
        <source>Ladder side-tuning (LST)</source>
        <translation>사다리 곁가지 조정(LST)</translation>
    </message>
    <message>
        <source>Scale and shift (SSF)</source>
        <translation>배율과 이동(SSF)</translation>
    </message>
    <message>
        <source>Full fine-tuning</source>
        <translation>전체 미세 조정</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>너비</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>토큰 수</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>랭크</translation>
    </message>
    <message>
        <source>Trains a scale and a shift of each channel behind every linear layer; few weights, but much memory in a step.</source>
        <translation>선형 층마다 뒤에서 채널의 배율과 이동을 학습합니다. 가중치는 적지만 한 단계에 메모리가 많이 듭니다.</translation>
    </message>
    <message>
        <source>Trains the whole encoder: by far the most weights, and the largest adapter file.</source>
        <translation>인코더 전체를 학습합니다. 가중치가 월등히 많고 어댑터 파일이 가장 큽니다.</translation>
    </message>
    <message>
        <source>Trains a small network beside the encoder; no gradient enters the encoder itself, which saves memory and time.</source>
        <translation>인코더 곁의 작은 네트워크를 학습합니다. 기울기가 인코더를 지나지 않아 메모리와 시간이 덜 듭니다.</translation>
    </message>
</context>
<context>
    <name>finebrush::Notice</name>
    <message>
        <source>The prediction adds nothing to the labels of this image</source>
        <translation>예측이 이 이미지의 라벨에 더할 것이 없습니다</translation>
    </message>
    <message>
        <source>The prediction is now among the labels of %1. Undo takes it back</source>
        <translation>예측을 %1의 라벨에 넣었습니다. 실행 취소로 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>The learning curves were written: %1</source>
        <translation>학습 곡선을 저장했습니다: %1</translation>
    </message>
    <message>
        <source>The project was saved: %1</source>
        <translation>프로젝트를 저장했습니다: %1</translation>
    </message>
    <message>
        <source>The adapter was written to %1</source>
        <translation>어댑터를 저장했습니다: %1</translation>
    </message>
    <message>
        <source>The adapter was imported: %1</source>
        <translation>어댑터를 가져왔습니다: %1</translation>
    </message>
    <message>
        <source>The model has predicted all images already</source>
        <translation>모델이 이미 모든 이미지를 예측했습니다</translation>
    </message>
    <message>
        <source>All images are predicted (new: %1)</source>
        <translation>모든 이미지를 예측했습니다(새로 %1개)</translation>
    </message>
    <message>
        <source>Masks were written to %1 (files: %2)</source>
        <translation>마스크를 저장했습니다: %1(파일 %2개)</translation>
    </message>
    <message>
        <source>Overlays were written to %1 (files: %2)</source>
        <translation>오버레이를 저장했습니다: %1(파일 %2개)</translation>
    </message>
    <message>
        <source>The COCO file was written: %1</source>
        <translation>COCO 파일을 저장했습니다: %1</translation>
    </message>
    <message>
        <source>labelme files were written to %1 (files: %2)</source>
        <translation>labelme 파일을 저장했습니다: %1(파일 %2개)</translation>
    </message>
    <message>
        <source>Labels were written to %1 (files: %2)</source>
        <translation>라벨을 저장했습니다: %1(파일 %2개)</translation>
    </message>
    <message>
        <source>The class list was written: %1</source>
        <translation>클래스 목록을 저장했습니다: %1</translation>
    </message>
    <message>
        <source>Labels were imported (images: %1)</source>
        <translation>라벨을 가져왔습니다(이미지 %1개)</translation>
    </message>
    <message>
        <source>Labels were imported (images: %1). Values: %2</source>
        <translation>라벨을 가져왔습니다(이미지 %1개). 값: %2</translation>
    </message>
    <message>
        <source>The class statistics were written: %1</source>
        <translation>클래스 통계를 저장했습니다: %1</translation>
    </message>
    <message>
        <source>The class list was imported: %1</source>
        <translation>클래스 목록을 가져왔습니다: %1</translation>
    </message>
    <message>
        <source>Labels were interpolated (slices: %1)</source>
        <translation>라벨을 보간했습니다(슬라이스 %1개)</translation>
    </message>
    <message>
        <source>The other views have no label for pixels of this slice that may be painted</source>
        <translation>이 슬라이스에서 칠할 수 있는 픽셀에 다른 방향의 라벨이 없습니다</translation>
    </message>
    <message>
        <source>Labels of the other views were taken. Undo takes them back</source>
        <translation>다른 방향의 라벨을 가져왔습니다. 실행 취소로 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>The export was stopped; what was written whole stays (files: %1)</source>
        <translation>내보내기를 중지했습니다. 끝까지 저장된 파일은 남습니다(파일 %1개)</translation>
    </message>
    <message>
        <source>The import was stopped; nothing was imported</source>
        <translation>가져오기를 중지했습니다. 가져온 것은 없습니다</translation>
    </message>
    <message>
        <source>Predicting was stopped; what is predicted stays (new images: %1)</source>
        <translation>예측을 중지했습니다. 끝난 예측은 남습니다(새 이미지 %1개)</translation>
    </message>
</context>
<context>
    <name>finebrush::NoticeToast</name>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>알림 닫기</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>%1 files could not be opened</source>
        <translation>파일 %1개를 열 수 없습니다</translation>
    </message>
    <message>
        <source>%1 problems. The last one: %2</source>
        <translation>문제 %1개. 마지막 문제: %2</translation>
    </message>
</context>
<context>
    <name>finebrush::ModelField</name>
    <message>
        <source>LiteMedSAM</source>
        <translation>LiteMedSAM</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1(%2)</translation>
    </message>
    <message>
        <source>Add a checkpoint…</source>
        <translation>체크포인트 추가…</translation>
    </message>
    <message>
        <source>The network that is adapted, and that “Segment anything” uses</source>
        <translation>적응시킬 네트워크이며 “무엇이든 분할”에도 쓰입니다</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>%1 s a view</source>
        <translation>화면당 %1초</translation>
    </message>
    <message>
        <source>its speed is being measured</source>
        <translation>속도를 재는 중</translation>
    </message>
    <message>
        <source>Taken for MedSAM by its file name, so pixels are scaled to 0–1.</source>
        <translation>파일 이름에 따라 MedSAM으로 보고 픽셀을 0~1로 맞춥니다.</translation>
    </message>
    <message>
        <source>Taken for SAM, not MedSAM, by its file name, so pixels are normalised as for ImageNet.</source>
        <translation>파일 이름에 따라 MedSAM이 아닌 SAM으로 보고 픽셀을 ImageNet 방식으로 정규화합니다.</translation>
    </message>
    <message>
        <source>licence unknown</source>
        <translation>라이선스 알 수 없음</translation>
    </message>
    <message>
        <source>%1 by the model card beside it</source>
        <translation>옆에 있는 모델 카드에 따르면 %1</translation>
    </message>
    <message>
        <source>%1 is the licence of the published %2; a file that was trained further may have another</source>
        <translation>공개된 %2의 라이선스는 %1. 더 학습한 파일은 다를 수 있음</translation>
    </message>
    <message>
        <source>%1, as published by its makers</source>
        <translation>%1, 만든 이들이 공개한 그대로</translation>
    </message>
    <message>
        <source>%1, %2 M parameters, input %3 px, %4. %5. %6.</source>
        <translation>%1, 매개변수 %2M개, 입력 %3 px, %4. %5. %6.</translation>
    </message>
</context>
<context>
    <name>finebrush::NoticesDock</name>
    <message>
        <source>Notices</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Notices (%1)</source>
        <translation>알림 (%1)</translation>
    </message>
</context>
<context>
    <name>finebrush::OverviewBar</name>
    <message>
        <source>Making overviews</source>
        <translation>오버뷰 만드는 중</translation>
    </message>
    <message>
        <source>This large image is read once, so that it can be seen at every zoom; you can go on working</source>
        <translation>큰 이미지를 모든 배율에서 볼 수 있도록 한 번 읽습니다. 작업을 계속할 수 있습니다</translation>
    </message>
    <message>
        <source>Stop making overviews</source>
        <translation>오버뷰 만들기 중지</translation>
    </message>
    <message>
        <source>Stop; it begins again when the image is shown the next time</source>
        <translation>중지합니다. 다음에 이미지를 표시할 때 다시 시작합니다</translation>
    </message>
</context>
<context>
    <name>finebrush::PixelText</name>
    <message>
        <source>no data</source>
        <translation>데이터 없음</translation>
    </message>
</context>
<context>
    <name>finebrush::PlaceText</name>
    <message>
        <source>%1  %2  %3 mm</source>
        <translation>%1  %2  %3 mm</translation>
    </message>
</context>
<context>
    <name>finebrush::Plot</name>
    <message>
        <source>Fills while the model learns</source>
        <translation>모델이 배우는 동안 채워집니다</translation>
    </message>
</context>
<context>
    <name>finebrush::PredictionBar</name>
    <message>
        <source>Predicting all images</source>
        <translation>모든 이미지 예측 중</translation>
    </message>
    <message>
        <source>Predicting image %1 of %2 — about %3 left</source>
        <translation>이미지 %1/%2 예측 중 — 약 %3 남음</translation>
    </message>
    <message>
        <source>Predicting image %1 of %2</source>
        <translation>이미지 %1/%2 예측 중</translation>
    </message>
    <message>
        <source>Each image that the model has not predicted yet is predicted while there is nothing else to do; you can go on working</source>
        <translation>모델이 아직 예측하지 않은 이미지를, 다른 할 일이 없을 때 차례로 예측합니다. 작업을 계속할 수 있습니다</translation>
    </message>
    <message>
        <source>Stop predicting</source>
        <translation>예측 중지</translation>
    </message>
    <message>
        <source>Stop; what is predicted stays, and the rest can be predicted later</source>
        <translation>중지합니다. 끝난 예측은 남고, 나머지는 나중에 예측할 수 있습니다</translation>
    </message>
</context>
<context>
    <name>finebrush::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>환경설정</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정에 따름</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Engine command</source>
        <translation>엔진 명령</translation>
    </message>
    <message>
        <source>The engine beside this program</source>
        <translation>이 프로그램과 같은 폴더의 엔진</translation>
    </message>
    <message>
        <source>Such as: ssh gpu-box finebrush-engine serve. Works from the next start of the engine.</source>
        <translation>예: ssh gpu-box finebrush-engine serve. 엔진을 다음에 시작할 때부터 적용됩니다.</translation>
    </message>
    <message>
        <source>Threads of the engine</source>
        <translation>엔진 스레드 수</translation>
    </message>
    <message>
        <source>All cores</source>
        <translation>모든 코어</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>The keys and the wheel as in another program. Tool tips and menus name them.</source>
        <translation>단축키와 휠을 다른 프로그램처럼 씁니다. 도구 설명과 메뉴에 표시됩니다.</translation>
    </message>
    <message>
        <source>Edit keys…</source>
        <translation>단축키 편집…</translation>
    </message>
    <message>
        <source>See and change the keys of all commands</source>
        <translation>모든 명령의 단축키를 보고 바꿉니다</translation>
    </message>
</context>
<context>
    <name>finebrush::ProjectFiles</name>
    <message>
        <source>Delete the project</source>
        <translation>프로젝트 삭제</translation>
    </message>
    <message>
        <source>Delete the unsaved project and all its labels for good?</source>
        <translation>저장하지 않은 프로젝트와 그 라벨을 모두 영구히 삭제할까요?</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>영구 삭제</translation>
    </message>
    <message>
        <source>Export the class statistics</source>
        <translation>클래스 통계 내보내기</translation>
    </message>
    <message>
        <source>Export the learning curves</source>
        <translation>학습 곡선 내보내기</translation>
    </message>
    <message>
        <source>Tables (%1)</source>
        <translation>표 (%1)</translation>
    </message>
    <message>
        <source>Open images</source>
        <translation>이미지 열기</translation>
    </message>
    <message>
        <source>Images (%1)</source>
        <translation>이미지 (%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Open a folder with images and labels</source>
        <translation>이미지와 라벨이 있는 폴더 열기</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>프로젝트 열기</translation>
    </message>
    <message>
        <source>Finebrush projects (%1)</source>
        <translation>Finebrush 프로젝트 (%1)</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>프로젝트 저장</translation>
    </message>
    <message>
        <source>Export masks to a folder</source>
        <translation>마스크를 내보낼 폴더</translation>
    </message>
    <message>
        <source>Export overlays to a folder</source>
        <translation>오버레이를 내보낼 폴더</translation>
    </message>
    <message>
        <source>Export labels to a folder</source>
        <translation>라벨을 내보낼 폴더</translation>
    </message>
    <message>
        <source>Export the adapter to a folder</source>
        <translation>어댑터를 내보낼 폴더</translation>
    </message>
    <message>
        <source>Import an adapter from a folder</source>
        <translation>어댑터를 가져올 폴더</translation>
    </message>
    <message>
        <source>Start from the adapter of a folder</source>
        <translation>시작점으로 쓸 어댑터의 폴더</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>배경</translation>
    </message>
    <message>
        <source>Class %1</source>
        <translation>클래스 %1</translation>
    </message>
    <message>
        <source>“%1” is in %2 already. Replace it?</source>
        <translation>%2에 “%1” 파일이 이미 있습니다. 바꿀까요?</translation>
    </message>
    <message>
        <source>%1 files with the names of this export are in %2 already. Replace them?</source>
        <translation>%2에 같은 이름의 파일 %1개가 이미 있습니다. 바꿀까요?</translation>
    </message>
    <message>
        <source>Replace files</source>
        <translation>파일 바꾸기</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Look for missing images in a folder</source>
        <translation>폴더에서 없어진 이미지 찾기</translation>
    </message>
    <message>
        <source>Export a COCO file</source>
        <translation>COCO 파일로 내보내기</translation>
    </message>
    <message>
        <source>COCO files (%1)</source>
        <translation>COCO 파일 (%1)</translation>
    </message>
    <message>
        <source>Export labelme files to a folder</source>
        <translation>labelme 파일을 내보낼 폴더</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <translation>%1 사본</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>라벨 가져오기</translation>
    </message>
    <message>
        <source>Images of this project have labels already. Where may the imported labels go?</source>
        <translation>이 프로젝트의 이미지에 이미 라벨이 있습니다. 가져온 라벨을 어디에 넣을까요?</translation>
    </message>
    <message>
        <source>Replace what is painted</source>
        <translation>칠한 것을 바꾸기</translation>
    </message>
    <message>
        <source>Only where nothing is painted</source>
        <translation>칠하지 않은 곳에만</translation>
    </message>
    <message>
        <source>Labels (%1)</source>
        <translation>라벨 (%1)</translation>
    </message>
    <message>
        <source>Import a class list</source>
        <translation>클래스 목록 가져오기</translation>
    </message>
    <message>
        <source>Class lists (%1)</source>
        <translation>클래스 목록 (%1)</translation>
    </message>
    <message>
        <source>Export the class list</source>
        <translation>클래스 목록 내보내기</translation>
    </message>
    <message>
        <source>JSON (%1)</source>
        <translation>JSON (%1)</translation>
    </message>
    <message>
        <source>ITK-SNAP labels (%1)</source>
        <translation>ITK-SNAP 라벨 (%1)</translation>
    </message>
    <message>
        <source>CVAT label map (%1)</source>
        <translation>CVAT 라벨 맵 (%1)</translation>
    </message>
    <message>
        <source>QGIS colours (%1)</source>
        <translation>QGIS 색상 (%1)</translation>
    </message>
</context>
<context>
    <name>finebrush::Quantity</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>finebrush::ReadOnly</name>
    <message>
        <source>This project is open in another window. Save it under another name to change it.</source>
        <translation>이 프로젝트는 다른 창에 열려 있습니다. 바꾸려면 다른 이름으로 저장하세요.</translation>
    </message>
</context>
<context>
    <name>finebrush::RecoveryDialog</name>
    <message>
        <source>Unsaved work</source>
        <translation>저장하지 않은 작업</translation>
    </message>
    <message>
        <source>Unsaved projects</source>
        <translation>저장하지 않은 프로젝트</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>새 프로젝트</translation>
    </message>
    <message>
        <source>Last changed %1 – no images</source>
        <translation>마지막 변경 %1 – 이미지 없음</translation>
    </message>
    <message>
        <source>Last changed %1 – images: %2 – %3</source>
        <translation>마지막 변경 %1 – 이미지 %2개 – %3</translation>
    </message>
    <message>
        <source>There is no earlier work that was not saved to a file.</source>
        <translation>파일로 저장하지 않은 이전 작업이 없습니다.</translation>
    </message>
    <message>
        <source>This earlier work was not saved to a file. Its labels are still here.</source>
        <translation>이 이전 작업은 파일로 저장되지 않았습니다. 라벨은 그대로 남아 있습니다.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>삭제…</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>나중에</translation>
    </message>
</context>
<context>
    <name>finebrush::RemoveClassDialog</name>
    <message>
        <source>Remove class</source>
        <translation>클래스 제거</translation>
    </message>
    <message>
        <source>They become unlabelled</source>
        <translation>라벨 없음으로 바꾸기</translation>
    </message>
    <message>
        <source>They become “%1”</source>
        <translation>“%1”(으)로 바꾸기</translation>
    </message>
    <message>
        <source>“%1” has labels. What becomes of them?</source>
        <translation>“%1” 클래스로 칠한 라벨이 있습니다. 이 라벨을 어떻게 할까요?</translation>
    </message>
    <message>
        <source>What becomes of the labels</source>
        <translation>라벨 처리 방법</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>finebrush::ResultDock</name>
    <message>
        <source>Run</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>In training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>The adaptation that is looked at</source>
        <translation>살펴보는 학습</translation>
    </message>
    <message>
        <source>Its adapter is no longer kept.</source>
        <translation>이 학습의 어댑터는 더 이상 보관되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Next unsure place</source>
        <translation>다음 불확실한 곳</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Also replace what I painted</source>
        <translation>내가 칠한 곳도 바꾸기</translation>
    </message>
    <message>
        <source>Accept prediction</source>
        <translation>예측 수락</translation>
    </message>
    <message>
        <source>Make the prediction of this image its labels; can be undone</source>
        <translation>이 이미지의 예측을 라벨로 만듭니다. 실행 취소할 수 있습니다</translation>
    </message>
    <message>
        <source>Mean overlap (IoU) of prediction and strokes that were not used for training</source>
        <translation>학습에 쓰지 않은 획과 예측이 겹치는 정도의 평균(IoU)</translation>
    </message>
    <message>
        <source>Label opacity</source>
        <translation>라벨 불투명도</translation>
    </message>
    <message>
        <source>Prediction opacity</source>
        <translation>예측 불투명도</translation>
    </message>
    <message>
        <source>How much the image is covered: 0 % leaves it as it is</source>
        <translation>이미지를 덮는 정도. 0 %면 이미지 그대로입니다</translation>
    </message>
</context>
<context>
    <name>finebrush::ReviewFilter</name>
    <message>
        <source>Not started</source>
        <translation>시작 전</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>확인 필요</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>모든 이미지</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>완료되지 않음</translation>
    </message>
    <message>
        <source>Which images are listed</source>
        <translation>목록에 보일 이미지</translation>
    </message>
    <message>
        <source>List only the images that are this far</source>
        <translation>여기까지 된 이미지만 목록에 보입니다</translation>
    </message>
</context>
<context>
    <name>finebrush::Run</name>
    <message>
        <source>%1 steps</source>
        <translation>%1단계</translation>
    </message>
    <message>
        <source>preview kept</source>
        <translation>미리보기 사용</translation>
    </message>
    <message>
        <source>adapted kept</source>
        <translation>적응한 모델 사용</translation>
    </message>
    <message>
        <source>Too few strokes to hold some out; preview kept.</source>
        <translation>획이 너무 적어 비교하지 못했습니다 (미리보기 사용).</translation>
    </message>
    <message>
        <source>Too few strokes to hold some out; adapted kept.</source>
        <translation>획이 너무 적어 비교하지 못했습니다 (적응한 모델 사용).</translation>
    </message>
    <message>
        <source>No score</source>
        <translation>점수 없음</translation>
    </message>
    <message>
        <source>Score %1 on held-out strokes</source>
        <translation>남겨 둔 획에서 점수 %1</translation>
    </message>
    <message>
        <source>Preview %1, adapted %2; preview kept.</source>
        <translation>미리보기 %1, 적응 후 %2 (미리보기 사용).</translation>
    </message>
    <message>
        <source>Preview %1, adapted %2; adapted kept.</source>
        <translation>미리보기 %1, 적응 후 %2 (적응한 모델 사용).</translation>
    </message>
    <message>
        <source>%1, stopped after %2 steps, %3.</source>
        <translation>%1, %2단계(%3)에서 중지.</translation>
    </message>
    <message>
        <source>%1, %2 steps in %3.</source>
        <translation>%1, %2단계, %3.</translation>
    </message>
    <message>
        <source>%1, imported; it was not trained here.</source>
        <translation>%1, 가져온 어댑터입니다. 여기서 학습하지 않았습니다.</translation>
    </message>
    <message>
        <source>Trained weights: %1.</source>
        <translation>학습한 가중치 %1개.</translation>
    </message>
    <message>
        <source>Started from the adapter in “%1”.</source>
        <translation>“%1” 어댑터에서 시작했습니다.</translation>
    </message>
</context>
<context>
    <name>finebrush::SaveGuard</name>
    <message>
        <source>Saving…</source>
        <translation>저장 중…</translation>
    </message>
    <message>
        <source>The project is being written to the disk.</source>
        <translation>프로젝트를 디스크에 쓰고 있습니다.</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>저장되지 않음</translation>
    </message>
    <message>
        <source>This project could not be saved.</source>
        <translation>이 프로젝트를 저장하지 못했습니다.</translation>
    </message>
    <message>
        <source>“%1” could not be saved.</source>
        <translation>“%1” 프로젝트를 저장하지 못했습니다.</translation>
    </message>
    <message>
        <source>Save elsewhere…</source>
        <translation>다른 곳에 저장…</translation>
    </message>
    <message>
        <source>Discard what is not saved</source>
        <translation>저장되지 않은 내용 버리기</translation>
    </message>
</context>
<context>
    <name>finebrush::SliceBar</name>
    <message>
        <source>Slice %1 / %2</source>
        <translation>슬라이스 %1 / %2</translation>
    </message>
    <message>
        <source>Slices count from 1 here, and from 0 in the names of exported files</source>
        <translation>여기서는 슬라이스를 1부터, 내보낸 파일 이름에서는 0부터 셉니다</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>슬라이스</translation>
    </message>
    <message>
        <source>Another slice of the volume</source>
        <translation>볼륨의 다른 슬라이스</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>프레임</translation>
    </message>
    <message>
        <source>Another point in time, or channel</source>
        <translation>다른 시점 또는 채널</translation>
    </message>
</context>
<context>
    <name>finebrush::StartField</name>
    <message>
        <source>The model as published</source>
        <translation>공개된 모델 그대로</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작점</translation>
    </message>
    <message>
        <source>What the training begins with: the network as published, or an adapter of the same model that Finebrush, PEFT or AutoGluon wrote. All labels are learned either way.</source>
        <translation>학습을 시작하는 가중치: 공개된 네트워크 그대로, 또는 같은 모델로 Finebrush, PEFT, AutoGluon이 만든 어댑터입니다. 어느 쪽이든 모든 라벨을 배웁니다.</translation>
    </message>
    <message>
        <source>A checkpoint of AutoGluon: choose the method, rank, alpha and experts that it was trained with.</source>
        <translation>AutoGluon 체크포인트입니다. 학습할 때 쓴 방법, 랭크, 알파, 전문가 수를 고르세요.</translation>
    </message>
    <message>
        <source>Choose the projections and the blocks that it has adapters in.</source>
        <translation>어댑터가 들어 있는 투영과 블록을 고르세요.</translation>
    </message>
    <message>
        <source>The method and its settings come from “%1”, which the adaptation starts from.</source>
        <translation>방법과 그 설정은 적응의 시작점인 “%1”에서 옵니다.</translation>
    </message>
</context>
<context>
    <name>finebrush::StatusLine</name>
    <message>
        <source>%1   Image %2/%3   %4 px</source>
        <translation>%1   이미지 %2/%3   %4 px</translation>
    </message>
    <message>
        <source>No image</source>
        <translation>이미지 없음</translation>
    </message>
    <message>
        <source>Length %1</source>
        <translation>길이 %1</translation>
    </message>
    <message>
        <source>x %1  y %2</source>
        <translation>x %1  y %2</translation>
    </message>
    <message>
        <source>Value %1</source>
        <translation>값 %1</translation>
    </message>
    <message>
        <source>%1 (predicted)</source>
        <translation>%1(예측)</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>저장 중…</translation>
    </message>
    <message>
        <source>Not saved: the disk is full</source>
        <translation>저장되지 않음: 디스크가 가득 참</translation>
    </message>
    <message>
        <source>Not saved: the file is gone</source>
        <translation>저장되지 않음: 파일이 사라짐</translation>
    </message>
    <message>
        <source>Not saved: the file cannot be written</source>
        <translation>저장되지 않음: 파일에 쓸 수 없음</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>읽기 전용</translation>
    </message>
    <message>
        <source>Autosaved, no project file yet</source>
        <translation>자동 저장됨, 프로젝트 파일 없음</translation>
    </message>
    <message>
        <source>All changes saved</source>
        <translation>모든 변경 사항 저장됨</translation>
    </message>
    <message>
        <source>Engine off</source>
        <translation>엔진 꺼짐</translation>
    </message>
    <message>
        <source>Engine starting</source>
        <translation>엔진 시작 중</translation>
    </message>
    <message>
        <source>Engine ready</source>
        <translation>엔진 준비됨</translation>
    </message>
    <message>
        <source>Adapting</source>
        <translation>적응 중</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>중지하는 중</translation>
    </message>
</context>
<context>
    <name>finebrush::StepHint</name>
    <message>
        <source>1  Paint a few strokes per class</source>
        <translation>1  클래스마다 몇 획씩 칠하기</translation>
    </message>
    <message>
        <source>1  Paint a second class, to tell them apart</source>
        <translation>1  구별할 수 있도록 다른 클래스도 칠하기</translation>
    </message>
    <message>
        <source>2  Press Adapt</source>
        <translation>2  적응 누르기</translation>
    </message>
    <message>
        <source>3  Accept or export</source>
        <translation>3  수락하거나 내보내기</translation>
    </message>
    <message>
        <source>Do not show these steps again</source>
        <translation>이 단계를 다시 표시하지 않기</translation>
    </message>
    <message>
        <source>Close the steps</source>
        <translation>단계 안내 닫기</translation>
    </message>
</context>
<context>
    <name>finebrush::ToolHint</name>
    <message>
        <source>Only on unlabelled pixels</source>
        <translation>라벨이 없는 픽셀에만</translation>
    </message>
    <message>
        <source>Only over “%1”</source>
        <translation>“%1” 위에만</translation>
    </message>
    <message>
        <source>Only values %1</source>
        <translation>값 %1에만</translation>
    </message>
    <message>
        <source>Only values %1 of band %2</source>
        <translation>밴드 %2의 값 %1에만</translation>
    </message>
    <message>
        <source>Nothing changed: no value here is in %1</source>
        <translation>바뀐 것 없음: %1 값 없음</translation>
    </message>
    <message>
        <source>Nothing changed: band %2 has no value in %1 here</source>
        <translation>바뀐 것 없음: 밴드 %2에 %1 값 없음</translation>
    </message>
    <message>
        <source>Drag: straight stroke · Right: erase · Esc: cancel</source>
        <translation>끌기: 곧은 획 · 오른쪽: 지우기 · Esc: 취소</translation>
    </message>
    <message>
        <source>Drag: paint · Right: erase</source>
        <translation>드래그: 칠하기 · 오른쪽 버튼: 지우기</translation>
    </message>
    <message>
        <source>Drag: erase</source>
        <translation>드래그: 지우기</translation>
    </message>
    <message>
        <source>Click: corner · Double click: fill · Right: one back · Esc: cancel</source>
        <translation>클릭: 꼭짓점 · 더블 클릭: 채우기 · 오른쪽: 하나 취소 · Esc: 취소</translation>
    </message>
    <message>
        <source>Drag: fill a rectangle · Right: erase it · Esc: cancel</source>
        <translation>드래그: 사각형 채우기 · 오른쪽 버튼: 지우기 · Esc: 취소</translation>
    </message>
    <message>
        <source>Drag around: fill · Right: erase · Esc: cancel</source>
        <translation>둘러 드래그: 채우기 · 오른쪽 버튼: 지우기 · Esc: 취소</translation>
    </message>
    <message>
        <source>Click: fill what is seen of the area of one label · Right: erase it</source>
        <translation>클릭: 같은 라벨 영역 중 보이는 부분 채우기 · 오른쪽 클릭: 지우기</translation>
    </message>
    <message>
        <source>Click: fill the area of one label · Right: erase it</source>
        <translation>클릭: 같은 라벨 영역 채우기 · 오른쪽 클릭: 지우기</translation>
    </message>
    <message>
        <source>Tolerance %1 · Sees only what is on the screen · Drag: wider or narrower · Right: erase</source>
        <translation>허용치 %1 · 화면에 보이는 부분에서만 찾습니다 · 드래그: 넓게, 좁게 · 오른쪽 버튼: 지우기</translation>
    </message>
    <message>
        <source>Tolerance %1 · Drag: wider or narrower · Right: erase</source>
        <translation>허용치 %1 · 드래그: 넓게, 좁게 · 오른쪽 버튼: 지우기</translation>
    </message>
    <message>
        <source>Looking at the image…</source>
        <translation>이미지를 살펴보는 중…</translation>
    </message>
    <message>
        <source>Looking for the object…</source>
        <translation>대상을 찾는 중…</translation>
    </message>
    <message>
        <source>The engine cannot look at this image · Click: try again</source>
        <translation>엔진이 이 이미지를 살펴볼 수 없습니다 · 클릭: 다시 시도</translation>
    </message>
    <message>
        <source>Drag: box around the object · Click: on it · Right: not this</source>
        <translation>드래그: 대상을 감싸는 상자 · 클릭: 대상 위 · 오른쪽 클릭: 제외</translation>
    </message>
    <message>
        <source>Mask %1/%2 · IoU %3 % · Enter: accept · Tab: next · Esc: cancel</source>
        <translation>마스크 %1/%2 · IoU %3 % · Enter: 적용 · Tab: 다음 · Esc: 취소</translation>
    </message>
    <message>
        <source>Click: take the class under the pointer</source>
        <translation>클릭: 포인터 아래의 클래스 고르기</translation>
    </message>
    <message>
        <source>Drag: measure a distance · Esc: take it away</source>
        <translation>드래그: 거리 재기 · Esc: 없애기</translation>
    </message>
    <message>
        <source>Drag: move the image</source>
        <translation>드래그: 이미지 이동</translation>
    </message>
    <message>
        <source>Click or drag: paint areas of one colour · Shift+wheel: their size · Right: erase</source>
        <translation>클릭·드래그: 같은 색 영역 칠하기 · Shift+휠: 크기 · 오른쪽 버튼: 지우기</translation>
    </message>
</context>
<context>
    <name>finebrush::UsageChart</name>
    <message>
        <source>Detail scales in use</source>
        <translation>사용 중인 세부 배율</translation>
    </message>
    <message>
        <source>Chart of the share of each detail scale over the training steps</source>
        <translation>학습 단계별 세부 배율의 비율 차트</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Share (%)</source>
        <translation>비율(%)</translation>
    </message>
</context>
<context>
    <name>finebrush::Minimap</name>
    <message>
        <source>Overview</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Overview: click or drag to go there</source>
        <translation>전체 보기: 클릭하거나 드래그하면 그곳으로 이동합니다</translation>
    </message>
</context>
<context>
    <name>finebrush::SplitHandle</name>
    <message>
        <source>Border of the comparison</source>
        <translation>비교 경계선</translation>
    </message>
    <message>
        <source>Drag to compare (Left, Right)</source>
        <translation>드래그하여 비교합니다 (왼쪽, 오른쪽 화살표)</translation>
    </message>
</context>
<context>
    <name>finebrush::SideBySide</name>
    <message>
        <source>Labels and prediction</source>
        <translation>라벨과 예측</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>Image | %1</source>
        <translation>이미지 | %1</translation>
    </message>
    <message>
        <source>Labels | Prediction</source>
        <translation>라벨 | 예측</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Prediction: none yet</source>
        <translation>예측: 아직 없음</translation>
    </message>
    <message>
        <source>Prediction before</source>
        <translation>이전 예측</translation>
    </message>
    <message>
        <source>Prediction before: none yet</source>
        <translation>이전 예측: 아직 없음</translation>
    </message>
    <message>
        <source>View %1: %2</source>
        <translation>화면 %1: %2</translation>
    </message>
    <message>
        <source>Border between the views</source>
        <translation>화면 사이의 경계</translation>
    </message>
    <message>
        <source>Choose what is shown side by side, and where</source>
        <translation>나란히 보일 것과 놓을 곳을 고릅니다</translation>
    </message>
    <message>
        <source>Drag to share out the room between the views (arrow keys)</source>
        <translation>드래그하여 화면의 크기를 나눕니다(화살표 키)</translation>
    </message>
</context>
<context>
    <name>finebrush::ThreePlanes</name>
    <message>
        <source>Axial</source>
        <translation>축상면</translation>
    </message>
    <message>
        <source>Coronal</source>
        <translation>관상면</translation>
    </message>
    <message>
        <source>Sagittal</source>
        <translation>시상면</translation>
    </message>
    <message>
        <source>%1: cannot be shown</source>
        <translation>%1: 표시할 수 없음</translation>
    </message>
    <message>
        <source>Border of the other planes</source>
        <translation>다른 단면과의 경계</translation>
    </message>
    <message>
        <source>Drag to share out the room between the views (arrow keys)</source>
        <translation>드래그하여 화면의 크기를 나눕니다(화살표 키)</translation>
    </message>
</context>
<context>
    <name>finebrush::GoToDialog</name>
    <message>
        <source>Degrees (longitude, latitude)</source>
        <translation>도 (경도, 위도)</translation>
    </message>
    <message>
        <source>Patient (mm)</source>
        <translation>환자 좌표 (mm)</translation>
    </message>
    <message>
        <source>Place (longitude, latitude)</source>
        <translation>위치 (경도, 위도)</translation>
    </message>
    <message>
        <source>Place (left, back, head)</source>
        <translation>위치 (왼쪽, 뒤쪽, 머리쪽)</translation>
    </message>
    <message>
        <source>Go to a place</source>
        <translation>위치로 이동</translation>
    </message>
    <message>
        <source>Counted in</source>
        <translation>좌표 단위</translation>
    </message>
    <message>
        <source>Pixels of the image</source>
        <translation>이미지의 픽셀</translation>
    </message>
    <message>
        <source>Units of the map</source>
        <translation>지도 단위</translation>
    </message>
    <message>
        <source>Map: %1</source>
        <translation>지도: %1</translation>
    </message>
    <message>
        <source>Place (x y)</source>
        <translation>위치 (x y)</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>finebrush::PlaceEntry</name>
    <message>
        <source>Type longitude and latitude in degrees, such as 11.5755 48.1374 or N 48.1374 E 11.5755.</source>
        <translation>경도와 위도를 도 단위로 입력하세요. 예: 11.5755 48.1374 또는 N 48.1374 E 11.5755</translation>
    </message>
    <message>
        <source>Type three numbers in mm, to the left, to the back and to the head, such as 12.3 40 -7.5 or L 12.3 P 40 I 7.5.</source>
        <translation>왼쪽, 뒤쪽, 머리쪽의 세 숫자를 mm 단위로 입력하세요. 예: 12.3 40 -7.5 또는 L 12.3 P 40 I 7.5</translation>
    </message>
    <message>
        <source>This place is outside the image (longitude %1, latitude %2).</source>
        <translation>이 위치는 이미지 밖입니다 (경도 %1, 위도 %2).</translation>
    </message>
    <message>
        <source>This place is outside the volume (to the left %1, to the back %2, to the head %3 mm).</source>
        <translation>이 위치는 볼륨 밖입니다 (왼쪽 %1, 뒤쪽 %2, 머리쪽 %3 mm).</translation>
    </message>
    <message>
        <source>This place is outside the image (x %1, y %2).</source>
        <translation>이 위치는 이미지 밖입니다 (x %1, y %2).</translation>
    </message>
    <message>
        <source>Type two numbers, x and y, such as 120 80.</source>
        <translation>x와 y 두 숫자를 입력하세요. 예: 120 80</translation>
    </message>
</context>
<context>
    <name>finebrush::KeyMap</name>
    <message>
        <source>it moves the image while it is held</source>
        <translation>누르고 있는 동안 이미지를 옮깁니다</translation>
    </message>
    <message>
        <source>it cancels what a tool has begun</source>
        <translation>도구가 시작한 작업을 취소합니다</translation>
    </message>
    <message>
        <source>it goes to the next control</source>
        <translation>다음 항목으로 옮겨 갑니다</translation>
    </message>
    <message>
        <source>it goes to the control before</source>
        <translation>이전 항목으로 옮겨 갑니다</translation>
    </message>
    <message>
        <source>it takes the last corner back</source>
        <translation>마지막 꼭짓점을 지웁니다</translation>
    </message>
    <message>
        <source>it moves the pointer on the image</source>
        <translation>이미지 위에서 포인터를 옮깁니다</translation>
    </message>
    <message>
        <source>it opens a menu</source>
        <translation>메뉴를 엽니다</translation>
    </message>
    <message>
        <source>it completes what is drawn or typed, and is only for accepting the prediction</source>
        <translation>그리거나 입력하던 것을 마치며, 예측 수락에만 쓸 수 있습니다</translation>
    </message>
</context>
<context>
    <name>finebrush::KeyMapFile</name>
    <message>
        <source>%1: this key map cannot be read: %2.</source>
        <translation>%1: 이 단축키 파일을 읽을 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>it is not JSON at character %1</source>
        <translation>%1번째 문자에서 JSON 형식에 어긋납니다</translation>
    </message>
    <message>
        <source>it holds no keys of Finebrush</source>
        <translation>Finebrush 단축키가 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>there is no profile “%1”</source>
        <translation>“%1” 프로필이 없습니다</translation>
    </message>
    <message>
        <source>there is no command “%1”</source>
        <translation>“%1” 명령이 없습니다</translation>
    </message>
    <message>
        <source>the keys of “%1” are no list</source>
        <translation>“%1”의 단축키가 목록이 아닙니다</translation>
    </message>
    <message>
        <source>“%1” is no key</source>
        <translation>“%1”(은)는 키가 아닙니다</translation>
    </message>
    <message>
        <source>%1 is not for commands, as %2</source>
        <translation>%1 키는 명령에 쓸 수 없습니다. %2</translation>
    </message>
    <message>
        <source>%1 is given twice</source>
        <translation>%1 키가 두 번 지정되었습니다</translation>
    </message>
</context>
<context>
    <name>finebrush::KeyProfileButton</name>
    <message>
        <source>Keys: %1</source>
        <translation>키: %1</translation>
    </message>
    <message>
        <source>Keys and mouse as in a program that you know</source>
        <translation>익숙한 프로그램과 같은 키와 마우스</translation>
    </message>
</context>
<context>
    <name>finebrush::KeysDialog</name>
    <message>
        <source>On the image: arrows without a command move the view, with Shift further; Ctrl and arrows move the pointer; while the key that presses the tool is held, arrows drag.</source>
        <translation>이미지 위에서: 명령이 없는 화살표 키는 보기를 옮기고 Shift를 함께 누르면 더 멀리 옮깁니다. Ctrl+화살표는 포인터를 옮깁니다. 도구를 누르는 키를 누르고 있는 동안에는 화살표로 드래그합니다.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Type a part of a command or a key</source>
        <translation>명령이나 키의 일부를 입력하세요</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>명령 찾기</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Keys of the profile</source>
        <translation>프로필의 단축키</translation>
    </message>
    <message>
        <source>&amp;New key</source>
        <translation>새 키(&amp;N)</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>새 키</translation>
    </message>
    <message>
        <source>Press the key, with Ctrl, Alt or Shift where you want</source>
        <translation>원하는 키를 누르세요. Ctrl이나 Shift 등과 함께 눌러도 됩니다</translation>
    </message>
    <message>
        <source>&amp;Keep its other keys</source>
        <translation>다른 키도 유지(&amp;K)</translation>
    </message>
    <message>
        <source>The new key comes beside those that the command has, not in their place</source>
        <translation>새 키가 지금 키를 대신하지 않고 함께 쓰입니다</translation>
    </message>
    <message>
        <source>N&amp;o key</source>
        <translation>키 없음(&amp;O)</translation>
    </message>
    <message>
        <source>Take all keys from the command</source>
        <translation>명령의 단축키를 모두 없앱니다</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>되돌리기(&amp;R)</translation>
    </message>
    <message>
        <source>Give the command the keys of the profile again</source>
        <translation>명령의 단축키를 프로필대로 되돌립니다</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>Leave the keys as they are</source>
        <translation>단축키를 그대로 둡니다</translation>
    </message>
    <message>
        <source>Reset &amp;all</source>
        <translation>모두 되돌리기(&amp;A)</translation>
    </message>
    <message>
        <source>Give all commands the keys of the profile again</source>
        <translation>모든 명령의 단축키를 프로필대로 되돌립니다</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>가져오기(&amp;I)…</translation>
    </message>
    <message>
        <source>Take a profile and its keys from a file</source>
        <translation>파일에서 프로필과 단축키를 가져옵니다</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>Write the profile and what you have changed to a file</source>
        <translation>프로필과 바꾼 단축키를 파일로 저장합니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Every key that you have changed in this profile goes back.</source>
        <translation>이 프로필에서 바꾼 단축키가 모두 되돌아갑니다.</translation>
    </message>
    <message>
        <source>&amp;Yes, reset all</source>
        <translation>예, 모두 되돌리기(&amp;Y)</translation>
    </message>
    <message>
        <source>All keys are those of the profile again.</source>
        <translation>모든 단축키를 프로필대로 되돌렸습니다.</translation>
    </message>
    <message>
        <source>%1 cannot be the key of this command: %2.</source>
        <translation>%1 키는 이 명령에 쓸 수 없습니다: %2.</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>%1 belongs to %2.</source>
        <translation>%1 키는 %2 명령에 쓰이고 있습니다.</translation>
    </message>
    <message>
        <source>&amp;Take the key</source>
        <translation>키 가져오기(&amp;T)</translation>
    </message>
    <message>
        <source>“%1” has no key now.</source>
        <translation>이제 “%1” 명령에는 단축키가 없습니다.</translation>
    </message>
    <message>
        <source>Keys of “%1” now: %2</source>
        <translation>“%1” 명령의 단축키: %2</translation>
    </message>
    <message>
        <source>Key maps (%1)</source>
        <translation>단축키 파일(%1)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일(*)</translation>
    </message>
    <message>
        <source>Import keys</source>
        <translation>단축키 가져오기</translation>
    </message>
    <message>
        <source>Export keys</source>
        <translation>단축키 내보내기</translation>
    </message>
    <message>
        <source>The keys are those of the file now.</source>
        <translation>파일의 단축키를 적용했습니다.</translation>
    </message>
    <message>
        <source>What you have changed of these keys is replaced.</source>
        <translation>바꾸어 둔 단축키가 파일의 내용으로 바뀝니다.</translation>
    </message>
    <message>
        <source>Re&amp;place</source>
        <translation>바꾸기(&amp;P)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>저장했습니다: %1</translation>
    </message>
</context>
<context>
    <name>finebrush::DoubtGuide</name>
    <message>
        <source>%1? %2 % sure</source>
        <translation>%1? 확신 %2 %</translation>
    </message>
    <message>
        <source>%1 % sure</source>
        <translation>확신 %1 %</translation>
    </message>
    <message>
        <source>The model is sure of all that is not painted</source>
        <translation>칠하지 않은 곳은 모델이 모두 확신합니다</translation>
    </message>
</context>
</TS>
