"""Passwords of ten and more characters that attackers try first; shorter ones are refused for their length."""

COMMON_PASSWORDS = frozenset(
    """
    0123456789 0987654321 1029384756 1111111111 1122334455 123123123a 1231231231 1234512345 12345678900 1234567890
    12345678910 123456789a 123456789q 12345qwert 1234554321 123454321a 123456qwerty 1234567890a 1234567890q 123456789123
    1234567891 12345678987654321 1234qwerasdf 123qweasdzxc 147258369a 1357924680 1478963250 159357159357 1q2w3e4r5t
    1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qazxsw23edc 2000000000 2222222222 3333333333 4444444444 5555555555
    6666666666 7777777777 789456123a 8888888888 9876543210 987654321a 9999999999 a123456789 aa12345678 aaaaaaaaaa
    abc1234567 abc123456789 abcd123456 abcd1234567 abcdefghij abcdefghijk abcdef12345 administrator admin12345
    admin123456 adminadmin administrator1 asdasdasd1 asdfasdfasdf asdfghjkl1 asdfghjkl; asdf123456 asdfqwer1234
    azertyuiop basketball baseball123 batman12345 blink182blink butterfly1 changeme123 changemenow charlie123
    chocolate1 christian1 computer123 cristiano7 default123 demo123456 dolphins123 dragon12345 elizabeth1 facebook123
    fktrcfylh1 football123 forever123 gfhjkm1234 gfhjkmgfhjkm google12345 guest12345 hello12345 helloworld
    helloworld1 hellokitty iloveyou12 iloveyou123 iloveyou1234 internet123 jennifer123 jordan12345 justinbieber
    kazakhstan kazakhstan1 karavan123 karavan2024 karavan2025 karavan2026 killer12345 letmein123 letmein1234
    liverpool1 liverpool123 london12345 login12345 manchester manchester1 master12345 metallica1 michael123
    michelle123 microsoft1 microsoft123 monkey12345 mynoob12345 myspace123 naruto12345 nicole12345 oooooooooo
    p@ssw0rd123 p@ssword123 pa55word123 parol12345 parolparol pass123456 passpasspass passw0rd123 password01
    password10 password11 password12 password123 password1234 password12345 password123456 password2024 password2025
    password2026 passwordpassword password!! password1! password123! password@123 pokemon1234 princess12 princess123
    q1w2e3r4t5 q1w2e3r4t5y6 qazwsx12345 qazwsxedc1 qazwsxedc123 qazwsxedcrfv qqqqqqqqqq qwe123qwe123 qweasdzxc1
    qweasdzxc123 qweqweqweqwe qwer123456 qwer1234asdf qwerasdfzxcv qwerty1234 qwerty12345 qwerty123456 qwerty1234567
    qwerty123456789 qwertyqwerty qwertyuiop qwertyuiop1 qwertyuiop12 qwertyuiop123 qwertyuiop[] rammstein1 realmadrid
    realmadrid1 rockstar123 root123456 samsung123 secret12345 slipknot666 spiderman1 spiderman123 starwars123
    summer2024! summer2025! superman12 superman123 sunshine12 sunshine123 test123456 testtest12 testtesttest
    thomas12345 trustno1234 unbelievable user123456 vkontakte1 volkswagen welcome123 welcome1234 welcome2024
    welcome2025 whatever12 whatever123 william123 winter2024! xxxxxxxxxx yourpassword zaq12wsxcde3 zaq1zaq1zaq1
    zxcvbnm123 zxcvbnm1234 zxcvbnm12345 zxcvbnmasd zxcvbnm,./ zxczxczxc1 zzzzzzzzzz йцукенгшщз йцукенгшщзхъ
    йцукен1234 йцукен12345 пароль1234 пароль12345 парольпароль фывапролдж ячсмитьбю1 любовь12345 наташа12345
    """.split()
)
