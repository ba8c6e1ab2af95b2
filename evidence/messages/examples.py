"""One example of each message as an officer would meet it; for the page of codes and for tests.

Each line: code | file | sheet | cell | found | expected. A file that begins with a unit's code is that
unit's; others are the round's. Invented figures, on the form of UBND phường 1 (25456).
"""

from __future__ import annotations

from typing import NamedTuple


class Example(NamedTuple):
    """Where a mistake stands and what was found and expected there."""

    file: str
    sheet: str
    cell: str
    found: str
    expected: str

    @property
    def unit(self) -> str:
        """Code of the unit whose file it is; empty for a file of the round."""
        return self.file.partition(".")[0] if self.file[:1].isdigit() else ""


_TABLE = """
file-not-workbook | 25456.xlsx | | | tệp PDF |
file-too-large | 25456.xlsx | | | nặng 61 MB (giới hạn: 50 MB) |
file-unreadable | 25456.xlsx | | | |
file-unknown-unit | Phường 1.xlsx | | | Phường 1.xlsx | 25456
file-twice | 25456.xlsx | | | 25456.xlsx, 25456.xls | tệp lưu sau cùng là “25456.xlsx”
file-encrypted | 25456.xlsx | | | |
file-suspicious | 25456.xlsx | | | có khai báo DTD |
file-too-slow | 25456.xlsx | | | 6 |
file-kills-reader | 25456.xlsx | | | |
file-extension | 25456.xlsx | | | .xlsx | .ods
file-misnamed | phuong-1.xlsx | | | UBND phường 1 (25456) | 25456.xlsx
book-macros | 25456.xlsm | | | |
book-external-links | 25456.xlsx | | | |
book-connections | 25456.xlsx | | | |
book-embedded | 25456.xlsx | | | |
book-hidden-sheets | 25456.xlsx | | | “Trang2” |
book-strings-miscounted | 25456.xlsx | | | 512 | 100000
form-blank | 25456.xlsx | Tự chấm | | |
form-two-tables | 25456.xlsx | | | “Tự chấm (2)” | “Tự chấm”
heading-guessed | 25456.xlsx | Tự chấm | F9 | Kê khai a | Kê khai (a)
heading-twice | 25456.xlsx | Tự chấm | G9 | Kê khai (a) | F9
value-in-two-columns | 25456.xlsx | Tự chấm | F12 | “8” và “7” | số nguyên không âm, không kèm chữ
row-by-title | 25456.xlsx | Tự chấm | A21 | 1.1 | 1.10
column-missing | 25456.xlsx | Tự chấm | | Giải trình |
rows-hidden | 25456.xlsx | Tự chấm | | 2.1; 2.3 |
cell-error | 25456.xlsx | Tự chấm | F12 | #DIV/0! | số nguyên không âm, không kèm chữ
cell-formula-without-value | 25456.xlsx | Tự chấm | F12 | =SUM(B2:B9) | số nguyên không âm, không kèm chữ
cell-became-date | 25456.xlsx | Tự chấm | F26 | 08/05/2023 | số không âm; có lẽ ban đầu là “8,5”
cell-became-percent | 25456.xlsx | Tự chấm | F26 | 50% | số nguyên không âm; có lẽ ban đầu là “50”
cells-merged | 25456.xlsx | Tự chấm | F12 | F12:F14 | số nguyên không âm, không kèm chữ
form-wrong-unit | 25456.xlsx | | | UBND phường 3 (25459) | UBND phường 1 (25456)
form-wrong-round | 25456.xlsx | | | năm 2022 | năm 2023, theo 815/QĐ-UBND ngày 19/8/2022
form-old-version | 25456.xlsx | | | |
form-other-layout | 25456.xlsx | | | |
form-no-identity | 25456.xlsx | | | |
form-no-table | 25456.xlsx | | | “Kê khai (a)” | “Mã”, “Kê khai (a)”, “Không phát sinh”
unit-field-changed | 25456.xlsx | Thông tin | B5 | Tên đơn vị “UBND phường 3” | UBND phường 1
title-changed | 25456.xlsx | Tự chấm | B12 | Học tập nghị quyết | Cán bộ, công chức được học tập
title-of-another | 25456.xlsx | Tự chấm | B12 | 1.2 (Ban hành kế hoạch công tác dân vận) | 1.1
max-changed | 25456.xlsx | Tự chấm | C12 | 5 | 2
row-missing | 25456.xlsx | Tự chấm | | 3.4 (Đối thoại với nhân dân) |
row-unknown | 25456.xlsx | Tự chấm | A60 | 7.12 |
row-twice | 25456.xlsx | Tự chấm | A60 | 3.4 |
value-not-understood | 25456.xlsx | Tự chấm | F26 | 8 điểm | số từ 0 đến 4, mỗi bước 0,25, không kèm chữ
value-thousands | 25456.xlsx | Tự chấm | G12 | 1.200 | 1200
value-thousands-read | 25456.xlsx | Tự chấm | G12 | 2.000 | 2000
value-too-fine | 25456.xlsx | Tự chấm | F26 | 3,1415926 | số từ 0 đến 4, mỗi bước 0,25, không kèm chữ
value-too-large | 25456.xlsx | Tự chấm | F15 | 2000000000 | số nguyên không âm, không kèm chữ
value-range | 25456.xlsx | Tự chấm | F26 | 4,25 | số từ 0 đến 4, mỗi bước 0,25, không kèm chữ (ô “Điểm”)
value-step | 25456.xlsx | Tự chấm | F15 | 2,5 | số nguyên không âm, không kèm chữ (ô “Số buổi”)
value-over-total | 25456.xlsx | Tự chấm | F12 | 38 | 36
value-zero-total | 25456.xlsx | Tự chấm | G12 | 0 |
value-missing | 25456.xlsx | Tự chấm | G12 | | số nguyên không âm, không kèm chữ (ô “Tổng số”)
not-answered | 25456.xlsx | Tự chấm | F12 | 1.1 (Cán bộ được học tập, quán triệt) |
not-applicable-forbidden | 25456.xlsx | Tự chấm | H12 | 1.1 |
not-applicable-and-value | 25456.xlsx | Tự chấm | H20 | 2.3 |
not-applicable-unexplained | 25456.xlsx | Tự chấm | L20 | 2.3 |
late-unexplained | 25456.xlsx | Tự chấm | L14 | Ngày 07/04/2023, hạn hết ngày 04/04/2023: chậm 3 ngày | 1.3
points-differ | 25456.xlsx | Tự chấm | I26 | 4 | 3,5
evidence-missing | 25456.xlsx | Tự chấm | K12 | 1.1 |
evidence-missing-flag | 25456.xlsx | Tự chấm | K21 | 2.4 |
evidence-unknown | 25456.xlsx | Tự chấm | K12 | 6 |
evidence-not-understood | 25456.xlsx | Tự chấm | K12 | kèm theo |
evidence-unused | 25456.xlsx | Minh chứng | A7 | 2 |
document-no-twice | 25456.xlsx | Minh chứng | A7 | 2 |
document-number-form | 25456.xlsx | Minh chứng | B6 | 436-QĐ-UBND | “436/QĐ-UBND”
document-unnumbered | 25456.xlsx | Minh chứng | B6 | không số |
document-no-date | 25456.xlsx | Minh chứng | C6 | 12/BC-UBND |
document-date-not-understood | 25456.xlsx | Minh chứng | C6 | 30/02/2023 |
document-date-old | 25456.xlsx | Minh chứng | C6 | 05/10/2019 | 01/01/2022
document-date-late | 25456.xlsx | Minh chứng | C6 | 20/11/2023 | 15/10/2023
document-date-future | 25456.xlsx | Minh chứng | C6 | 05/3/2032 | 10/10/2023
document-twice | 25456.xlsx | Minh chứng | B9 | 12/BC-UBND | 1
document-file-twice | 25456.xlsx | Minh chứng | F9 | bao-cao.pdf | 1
document-many-groups | 25456.xlsx | Minh chứng | B6 | 02/BB-UBND | 1, 2, 3
document-after-declared | 25456.xlsx | Tự chấm | K14 | 04/4/2023 | 05/4/2023
dossier-none | nop | | | | nop/25456
dossier-folder-missing | 25456.xlsx | | | 12 | nop/25456
dossier-folder-unknown | nop/Phường 1 | | | Phường 1 | 25456
dossier-without-form | nop/25456 | | | 3 | nop/25456.xlsx
dossier-too-many | nop/25456 | | | 2000 |
dossier-link | nop/25456 | | | tai-lieu |
dossier-name-outside | 25456.xlsx | Minh chứng | F6 | D:\\Dân vận\\bao-cao.pdf |
dossier-name-forbidden | nop/25456 | | | báo cáo: quý I.pdf |
dossier-name-long | nop/25456 | | | 215 | 180
dossier-file-missing | 25456.xlsx | Minh chứng | F6 | ke-hoach.pdf | nop/25456
dossier-file-misspelt | 25456.xlsx | Minh chứng | F6 | bao-cao-quy1.pdf | bao-cao-quy-1.pdf
dossier-file-ambiguous | 25456.xlsx | Minh chứng | F6 | bao-cao.pdf | quy-1/bao-cao.pdf; quy-2/bao-cao.pdf
dossier-file-unused | nop/25456 | | | anh-hoi-nghi.jpg |
dossier-file-empty | 25456.xlsx | Minh chứng | F6 | bao-cao.pdf |
dossier-file-damaged | 25456.xlsx | Minh chứng | F6 | bao-cao.pdf |
dossier-file-locked | 25456.xlsx | Minh chứng | F6 | bao-cao.docx |
dossier-file-unreadable | 25456.xlsx | Minh chứng | F6 | bao-cao.docx |
dossier-file-kind | 25456.xlsx | Minh chứng | F6 | tai-lieu.zip |
dossier-file-extension | 25456.xlsx | Minh chứng | F6 | bao-cao.pdf | “.jpg”
dossier-same-content | 25456.xlsx | Minh chứng | F9 | bao-cao-quy-2.pdf | bao-cao-quy-1.pdf
twin-file | 25456.xlsx | Minh chứng | F6 | bao-cao.pdf | UBND phường 3
twin-document | 25456.xlsx | Minh chứng | B6 | 12/BC-UBND ngày 03/4/2023 | UBND phường 3
twin-list | 25456.xlsx | Minh chứng | B6 | 5 | UBND phường 3
twin-explanations | 25456.xlsx | Tự chấm | L12 | 4 | UBND phường 3, UBND phường 4
outside-missing | chi-so/cchc.csv | | | tiêu chí 4.1 của UBND phường 1 (25456) | chi-so/cchc.csv
table-unreadable | bang-diem.csv | | | không có dòng tiêu đề |
table-and-others | bang-diem.csv | | | thư mục “nop” |
table-column-twice | bang-diem.xlsx | Điểm | F1 | 1.1 |
table-row-too-long | bang-diem.csv | | A5 | |
table-unknown-unit | bang-diem.xlsx | Điểm | A5 | 25999 |
table-unknown-criterion | bang-diem.xlsx | Điểm | F1 | 9.9 |
table-column-beside | bang-diem.xlsx | Điểm | G1 | Tổng điểm |
table-unit-twice | bang-diem.xlsx | Điểm | A5 | 25456 |
table-points-kind | bang-diem.xlsx | Điểm | C5 | Phúc tra |
table-not-for-type | bang-diem.xlsx | Điểm | F5 | 2 |
appraisal-no-identity | tham-dinh/thanh-tra.xlsx | | | |
appraisal-wrong-round | tham-dinh/thanh-tra.xlsx | | | tay-ninh-2022 | tay-ninh-2023
appraisal-unknown-appraiser | tham-dinh/phieu.xlsx | | | thanh-tra-tinh | Phòng Nội vụ, Thanh tra thành phố
appraisal-no-table | tham-dinh/thanh-tra.xlsx | 2.6 | | | “Mã đơn vị”, “Điểm thẩm định”, “Lý do”
appraisal-old-version | tham-dinh/thanh-tra.xlsx | | | |
appraisal-who-missing | tham-dinh/thanh-tra.xlsx | Tổng hợp | C7 | |
appraisal-when-missing | tham-dinh/thanh-tra.xlsx | Tổng hợp | C8 | tháng 10 |
appraisal-unknown-unit | tham-dinh/thanh-tra.xlsx | 2.6 | A12 | 25999 |
appraisal-unknown-criterion | tham-dinh/thanh-tra.xlsx | 25456 | A12 | 2.9 |
appraisal-not-theirs | tham-dinh/thanh-tra.xlsx | 25456 | L15 | 4.1 | Văn phòng HĐND và UBND thành phố
appraisal-not-a-number | tham-dinh/thanh-tra.xlsx | 2.6 | L12 | 2 điểm | số từ 0 đến 2, hoặc KPS
appraisal-over-max | tham-dinh/thanh-tra.xlsx | 2.6 | L12 | 3 | số từ 0 đến 2, hoặc KPS
appraisal-not-in-step | tham-dinh/thanh-tra.xlsx | 2.6 | L12 | 1,3 | một trong các mức điểm 0; 1; 2
appraisal-not-applicable-forbidden | tham-dinh/thanh-tra.xlsx | 2.6 | L12 | | số từ 0 đến 2
appraisal-reason-missing | tham-dinh/thanh-tra.xlsx | 2.6 | M12 | 1 | điểm tự chấm 2
appraisal-points-missing | tham-dinh/thanh-tra.xlsx | 2.6 | L12 | |
appraisal-stale | tham-dinh/thanh-tra.xlsx | 2.6 | L12 | 1 | tự chấm 2 điểm
appraisal-conflict | tham-dinh/thanh-tra.xlsx | 2.6 | L12 | 1 | thanh-tra (2).xlsx, trang “2.6”, ô L12 là 2
register-unreadable | so-tiep-nhan.csv | | | không thấy dòng tiêu đề | “Mã đơn vị”, “Thời điểm nhận”
register-row-too-long | so-tiep-nhan.csv | | dòng 5 | |
register-unknown-unit | so-tiep-nhan.csv | | dòng 5 | 25999 |  (có phải ý bạn là “25459”?)
register-two-units | so-su-viec.csv | | dòng 5 | 25459 | UBND phường 1 (25456)
register-unknown-duty | so-tiep-nhan.csv | | dòng 5 | bao-cao |  (có phải ý bạn là “bao-cao-nam”?)
register-moment | so-tiep-nhan.csv | | dòng 5 | giữa tháng 10 | 14/10/2023 16:05
register-lacking | so-quyet-dinh.csv | | dòng 3 | lý do |
register-unknown-criterion | so-kien-nghi.csv | | dòng 2 | 9.9 |  (có phải ý bạn là “6.6”?)
register-criterion-unsure | so-kien-nghi.csv | | dòng 2 | 1.1 | 1.10
register-not-for-type | so-kien-nghi.csv | | dòng 2 | 5.2 | UBND phường 1
register-unknown-fact | so-su-viec.csv | | dòng 4 | bi-ky-luat |  (có phải ý bạn là “lanh-dao-bi-ky-luat”?)
fact-not-there | so-su-viec.csv | | dòng 6 | lanh-dao-bi-ky-luat |
decision-points | so-quyet-dinh.csv | | dòng 3 | 9 điểm | số từ 0 đến 2, mỗi bước 0,25
receipt-without-file | so-tiep-nhan.csv | | dòng 5 | ngày 14/10/2023 | 25456
receipt-file-changed | 25456.xlsx | | | ghi lúc 16:05 ngày 14/10/2023 |
receipt-two-days | so-tiep-nhan.csv | | dòng 5 | 14/10/2023 và 18/10/2023 | dot.yaml, so-tiep-nhan.csv
mergers-unreadable | sap-nhap.csv | | | không thấy dòng tiêu đề | “Ngày hiệu lực”, “Loại”, “Mã cũ”, “Mã mới”
mergers-kind | sap-nhap.csv | | dòng 4 | gộp | sáp nhập, chia tách, đổi tên
mergers-day | sap-nhap.csv | | dòng 4 | tháng 7 |
mergers-code | sap-nhap.csv | | dòng 4 | mã mới |
mergers-twice | sap-nhap.csv | | dòng 5 | 25456 |
mergers-rename-many | sap-nhap.csv | | dòng 5 | 25456 |
mergers-alone | sap-nhap.csv | | dòng 5 | sáp nhập 25456 thành 25999 |
template-unreadable | quyet-dinh.docx | | | tệp có mật khẩu |
template-broken | quyet-dinh.docx | | | thẻ mở ở đoạn 5 không khép | thêm dấu khép của thẻ
template-unknown-field | quyet-dinh.docx | | | ten_don_vi_chu_tri | “co_quan_chu_tri”
template-not-text | quyet-dinh.docx | | | khoi |
template-not-list | quyet-dinh.docx | | | nam |
template-missing-field | quyet-dinh.docx | | | luu_y | các lưu ý phải in trên mọi văn bản
"""


def _read(table: str) -> dict[str, Example]:
    # one blank beside each stroke is no part of the cell; a second one is
    lines = (f" {line} ".split("|") for line in table.strip().splitlines())
    rows = ([cell.removeprefix(" ").removesuffix(" ") for cell in line] for line in lines)
    return {code: Example(*cells) for code, *cells in rows}


EXAMPLES: dict[str, Example] = _read(_TABLE)
