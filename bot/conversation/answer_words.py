"""Which words answer a question by themselves? Yes, no, "I don't know", nothing, less, more, a year, and the numbers.

Every language in one table each: a person answers in the language they like, whatever the question was asked in.
Words are written as people write them; `folded` brings both sides to the same letters.
"""

from __future__ import annotations

from directory.geo import normalise

_LETTERS = str.maketrans(
    {**dict.fromkeys("ىیېۍئے", "ي"), **dict.fromkeys("ةہەۀ", "ه"), "ک": "ك", "\u200c": "", "ı": "i"}
)


def folded(text: str) -> str:
    """Small letters, no accents or signs, one blank between words, one letter for each family of Arabic ones."""
    return normalise(text.translate(_LETTERS))


def _set(*lines: str) -> frozenset[str]:
    return frozenset(folded(one) for line in lines for one in line.split("|"))


# Said first, they answer whatever follows ("oui, deux ans"); the short ones only when they are said alone.
OUI = _set(
    "oui|ouais|ouai|oui oui|exact|bien sûr|tout à fait|yes|yeah|yep|sure|claro|sim|evet|نعم|ايوه|ايوا|أيوا|إيه|واه",
    "هوکې|na3am|iyeh|aywa|ewa|ayeh|так|да|ага|بله|آره|هو",
)
EUH = _set(
    "bah|ben|bein|euh|heu|eh|hé|oh|ah|bon|alors|donc|well|um|uh|er|pues|bueno|ну|یعنی|والله"
)  # said before the answer
POUCES = {"👍": True, "✅": True, "👎": False, "❌": False}
OUI_SEUL = _set("si|sí|da|po|wi|ok|okay|vrai|اه|wah|ah|true|o|y|d accord|tamam")
NON = _set(
    "non|nan|nn|non non|pas du tout|pas vraiment|plus maintenant|not really|not any more|jamais|pas encore|aucun|aucune|no|nope|never|not yet|none|não|nao|hayır|hayir|yok",
    "لا|لأ|كلا|нет|ні|нету|немає|خیر|nu|jo|asnjë|ninguno|nenhum|nimic|asgjë",
)
NON_SEUL = _set("la|lala|نه|يا|ja|n|faux|false|ne|na")
NSP = _set(
    "je ne sais pas|je sais pas|sais pas|j sais pas|chais pas|jsp|aucune idée|pas sûr|pas sûre|je sais plus|ne sais plus",
    "i don t know|i dont know|dont know|don t know|idk|not sure|no idea",
    "لا أعرف|لا أدري|لا اعلم|ما نعرف|ما نعرفش|معرفش|مش عارف|مش عارفة|ماعرفش|لا أعلم|مانعرفش|ma na3rafch|mana3rafch|mn3rafch",
    "no sé|no lo sé|não sei|nao sei|bilmiyorum|bilmem|не знаю|хз|نمی‌دانم|نمیدانم|نمی دانم|نمیدونم|نمی دونم",
    "نه پوهیږم|نه پوهېږم|زه نه پوهیږم|nu știu|nu stiu|nuk e di|s e di|nuk di|?",
)
NSP |= _set("passer|je passe|skip|suivant|suivante|next|تخطي|pasar|pular|geç|пропустить|пропустити|رد کن|treci|kalo")
RETOUR = _set("retour|back|رجوع|ارجع|atrás|voltar|geri|назад|بازگشت|شاته|înapoi|mbrapa|précédent|previous")
RIEN = _set(
    "rien|zéro|zero|aucun|aucune|pas d enfant|pas d enfants|sans enfant|nothing|none|nil|no children|no kids|لا شيء|صفر|والو",
    "ماعنديش|walou|nada|cero|hiç|sıfır|yok|ничего|ноль|нисколько|нічого|нуль|هیچ|صفر|هیڅ|nimic|asgjë|ninguno|ninguna|nenhum|nenhuma|niciunul|asnjë|zero|non|no|لا|нет|ні|nu|jo|hayır|não|خیر|نه",
)
AUCUN = _set(
    "rien|aucun|aucune|personne|pas de|j ai pas de|je n ai pas de|j ai rien|je n ai rien|je gagne rien|none|nothing|no one|nobody",
    "لا شيء|ولا شيء|لا أحد|ما عندي|ماعندي|ليس لدي|nada|ninguno|ninguna|nadie|nenhum|nenhuma|ninguém|hiçbiri|hiç|ничего|никого",
    "нет|нічого|нікого|немає|هیچ|هیچکدام|هېڅ|nimic|niciunul|asgjë|asnjë",
)
BRUT = _set("brut|bruts|gross|bruto|brüt|брутто|قبل الاقتطاع")
MOITIE = _set("mi|demi|moitié|half|partiel|tiers|quart|moins|plus")
FINI = _set(
    "c est tout|fini|terminé|voilà|ok|c est bon|that s all|that is all|done|هذا كل شيء|خلاص|eso es todo|ya está|é tudo|hepsi bu|bu kadar|всё|все|це все|همین|تمام|asta e tot|kaq"
)
SANS = _set(  # what turns a choice into its contrary
    "pas|non|sans|ni|not|no|without|ليس|ليست|بدون|بلا|غير|sin|não|sem|nem|değil|не|без|нет|ні|نه|بدون|نیست|نشته|nu|fără|nuk|pa|jo"
)
# The person takes the answer before back: "non attends, je me suis trompé, c'est 1400".
TROMPE = _set(
    "trompé|trompée|me trompe|erreur|je voulais dire|je corrige|correction|rectification|pardon c est|en fait c est",
    "mistake|i meant|i was wrong|wrong answer|sorry it s|غلطت|أخطأت|قصدي|me equivoqué|quise decir|enganei me|queria dizer",
    "yanlış yazdım|yanlış oldu|ошибся|ошиблась|помилився|помилилась|اشتباه کردم|اشتباه شد|غلط شوم|am greșit|gabova",
)
POURQUOI = _set(
    "pourquoi|why|لماذا|ليش|علاش|por qué|por quê|porque|neden|niçin|почему|зачем|чому|навіщо|چرا|ولې|de ce|pse"
)
# What counts children rather than tells an age; words that count them by themselves; and none at all.
ENFANT = _set(
    "enfant|enfants|garçon|garçons|fille|filles|fils|bébé|bébés|gosse|gosses|gamin|gamins|petit|petits|ado|ados|wlad|oulad|drari|bnat|weld|bent|jumeaux|jumelles",
    "kid|kids|child|children|boy|boys|girl|girls|son|sons|daughter|daughters|baby|babies|twins|أطفال|طفل|أولاد|ولد|بنات|بنت|ابن|أبناء",
    "hijo|hijos|hija|hijas|niño|niños|niña|niñas|filho|filhos|filha|filhas|criança|crianças|çocuk|çocuğum|oğlum|kızım",
    "ребенок|ребёнок|ребенка|ребёнка|детей|дети|сын|сына|дочь|дочери|дитина|дитини|дітей|діти|син|дочка",
    "بچه|فرزند|کودک|اولاد|اولادونه|ماشومان|copil|copii|băiat|băieți|fată|fete|fëmijë|djalë|djem|vajzë|vajza",
)
COMPTES = {
    folded(word): number
    for number, said in {
        1: "bébé|enfant unique|baby|طفل|طفلة",
        2: "طفلان|طفلين|ولدين|بنتين|двое|двоє|jumeaux|jumelles|twins",
        3: "трое|троє",
        4: "четверо",
    }.items()
    for word in said.split("|")
}
JUMEAUX = _set(
    "jumeaux|jumelles|twins|توأم|توأمان|gemelos|mellizos|gêmeos|gémeos|ikiz|близнецы|двойня|близнюки|دوقلو|gemeni|binjakë"
)
DEUX_ANS = _set("سنتين|سنتان|عامين|عامان")
PAS_D_ENFANT = _set(
    "pas d enfant|pas d enfants|aucun enfant|sans enfant|sans enfants|no children|no kids|don t have kids|don t have children",
    "dont have kids|dont have children|ليس لدي أطفال|ليس لدي أولاد|ليس عندي أطفال|ما عندي أطفال|ما عندي أولاد|ما عنديش",
    "ماعنديش|معنديش|بدون أطفال|ma 3andich|no tengo hijos|sin hijos|não tenho filhos|sem filhos|çocuğum yok|çocuk yok",
    "çocuksuz|нет детей|детей нет|без детей|немає дітей|дітей немає|дітей нема|بچه ندارم|فرزند ندارم|بچه نداریم",
    "اولاد نه لرم|ماشومان نه لرم|nu am copii|fără copii|s kam fëmijë|nuk kam fëmijë|pa fëmijë",
)
MOIS = _set(
    "mois|month|months|mo|شهر|أشهر|شهور|meses|mes|mês|ay|aylık|месяц|месяцев|месяца|місяць|місяців|місяці|ماه|ماهه|میاشت|میاشتې|luni|muaj|muajsh"
)
ANS = _set(
    "an|ans|année|années|year|years|yr|yrs|yo|سنة|سنوات|عام|أعوام|سنين|años|año|ano|anos|yaş|yaşında|yıl|лет|год|года|роки|років",
    "рік|سال|سالگی|ساله|کال|کلن|کاله|ani|an|vjeç|vjet|vite",
)
MOINS = _set(
    "moins de|moins|jusqu à|au plus|maximum|less than|under|below|up to|أقل من|اقل|menos de|hasta|até|az|altında|меньше|до|менше"
)
MOINS |= _set("کمتر از|تر لږ|sub|mai puțin de|më pak se|nën|pas plus de")
PLUS = _set(
    "plus de|au moins|minimum|more than|over|above|at least|أكثر من|اكثر|más de|mais de|fazla|üzerinde|больше|более|більше|понад"
)
PLUS |= _set("بیشتر از|ډیر له|peste|mai mult de|më shumë se|mbi")
ENTRE = _set("à|a|et|entre|to|and|between|y|e|ve|ile|إلى|الى|و|بين|до|и|і|від|от|تا|تر|și|la|dhe|deri")
SOMME = _set("plus|et|and|more|+|y|e|ve|و|и|і|та|și|dhe|او")
PAR_AN = _set(
    "par an|l an|an|annuel|par année|année|a year|per year|yearly|annual|سنويا|في السنة|بالسنة|سنة|al año|anual|por ano|ano|yıllık|yılda|в год|на рік|рік|سالانه|در سال|کال|pe an|në vit|vjet"
)
PAR_SEMAINE = _set(
    "par semaine|semaine|la semaine|a week|per week|weekly|week|في الأسبوع|أسبوع|a la semana|semana|haftada|haftalık|в неделю|на тиждень|هفته|در هفته|pe săptămână|në javë"
)
PAR_JOUR = _set(
    "par jour|jour|a day|per day|daily|heure|de l heure|an hour|per hour|hourly|في اليوم|يوميا|al día|por dia|günde|günlük|saat|в день|в час|на день|روزانه|ساعت|pe zi|pe oră|në ditë|në orë"
)


def _numbers(*lines: str) -> dict[str, int]:
    found = {}
    for line in lines:
        for pair in line.split("|"):
            words, _, value = pair.rpartition("=")
            found.update({folded(word): int(value) for word in words.split(",")})
    return found


# Numbers in two words, by those that count for them.
EN_DEUX_MOTS = {
    folded(words): folded(others)
    for words, others in {
        "quatre vingt": "octante", "полторы тысячи": "тысяча пятьсот", "полтора тысячи": "тысяча пятьсот",
        "півтори тисячі": "тисяча п'ятсот", "ألف ونصف": "ألف وخمسمئة",
    }.items()
}  # fmt: skip
# "et" links nothing else: "vingt et un" is said with it in every language.
MILLE = _set("mille|mil|thousand|bin|тыс|тысяч|тысячи|тысяча|тис|тисяч|тисячі|тисяча|هزار|ألف|آلاف|زره|mii|mie|mijë")
LIENS = _set("et|and|y|e|ve|و|и|і|та|او|și|dhe")

# What a word counts for. Hundreds and thousands multiply what comes before; the others add up, from the greatest down.
NOMBRES = _numbers(
    "zéro=0|un,une=1|deux=2|trois=3|quatre=4|cinq=5|six=6|sept=7|huit=8|neuf=9|dix=10|onze=11|douze=12|treize=13|quatorze=14",
    "quinze=15|seize=16|vingt,vingts=20|trente=30|quarante=40|cinquante=50|soixante=60|septante=70|octante,huitante=80",
    "nonante=90|cent,cents=100|mille,mil=1000",
    "one=1|two=2|three=3|four=4|five=5|seven=7|eight=8|nine=9|ten=10|eleven=11|twelve=12|thirteen=13|fourteen=14|fifteen=15",
    "sixteen=16|seventeen=17|eighteen=18|nineteen=19|twenty=20|thirty=30|forty=40|fifty=50|sixty=60|seventy=70|eighty=80",
    "ninety=90|hundred=100|thousand=1000",
    "واحد,واحدة=1|اثنان,اثنين,زوج,جوج=2|ثلاثة,ثلاث,تلاتة=3|أربعة,أربع=4|خمسة,خمس=5|ستة,ست=6|سبعة,سبع=7|ثمانية,ثماني,تمنية=8",
    "تسعة,تسع=9|عشرة,عشر=10|عشرين,عشرون=20|ثلاثين,ثلاثون=30|أربعين,أربعون=40|خمسين,خمسون=50|ستين,ستون=60|سبعين,سبعون=70",
    "ثمانين,ثمانون=80|تسعين,تسعون=90|مائة,مئة,مية,ميات=100|مئتين,مائتين,ميتين=200|ألف,آلاف=1000|ألفين=2000",
    "uno,una=1|dos=2|tres=3|cuatro=4|cinco=5|seis=6|siete=7|ocho=8|nueve=9|diez=10|once=11|doce=12|quince=15|veinte=20",
    "treinta=30|cuarenta=40|cincuenta=50|sesenta=60|setenta=70|ochenta=80|noventa=90|cien,ciento=100|doscientos=200",
    "trescientos=300|cuatrocientos=400|quinientos=500|seiscientos=600|setecientos=700|ochocientos=800|novecientos=900",
    "um,uma=1|dois,duas=2|três=3|quatro=4|sete=7|oito=8|nove=9|dez=10|doze=12|vinte=20|trinta=30|quarenta=40|cinquenta=50",
    "sessenta=60|oitenta=80|cem,cento=100|duzentos=200|trezentos=300|quatrocentos=400|quinhentos=500|seiscentos=600",
    "setecentos=700|oitocentos=800|bir=1|iki=2|üç=3|dört=4|beş=5|altı=6|yedi=7|sekiz=8|dokuz=9|yirmi=20|otuz=30|kırk=40",
    "elli=50|altmış=60|yetmiş=70|seksen=80|doksan=90|yüz=100|bin=1000",
    "один,одна=1|два,две,дві=2|три=3|четыре,чотири=4|пять,п'ять=5|шесть,шість=6|семь,сім=7|восемь,вісім=8|девять,дев'ять=9",
    "десять=10|двадцать,двадцять=20|тридцать,тридцять=30|сорок=40|пятьдесят=50|сто=100|двести,двісті=200|триста=300",
    "четыреста,чотириста=400|пятьсот=500|шестьсот=600|семьсот=700|восемьсот=800|девятьсот=900|тысяча,тысячи,тысяч,тисяча,тисячі,тисяч=1000",
    "یک=1|دو,دوه=2|سه,درې=3|چهار,څلور=4|پنج,پنځه=5|شش,شپږ=6|هفت,اووه=7|هشت,اته=8|نه=9|ده,لس=10|بیست,شل=20|سی=30|چهل=40",
    "پنجاه=50|صد,سل=100|دویست=200|سیصد=300|پانصد=500|هزار,زره=1000",
    "unu=1|doi,două=2|trei=3|patru=4|cinci=5|șase=6|șapte=7|opt=8|nouă=9|zece=10|douăzeci=20|treizeci=30|patruzeci=40",
    "cincizeci=50|sută,sute=100|mie,mii=1000|një=1|dy=2|tre=3|katër=4|pesë=5|gjashtë=6|shtatë=7|tetë=8|nëntë=9|dhjetë=10",
    "njëzet=20|tridhjetë=30|dyzet=40|pesëdhjetë=50|njëqind,qind=100|dyqind=200|treqind=300|pesëqind=500|mijë=1000",
)
# "نه" is "nine" in Persian and "no" in Pashto and Persian: alone it is a no.
del NOMBRES[folded("نه")]
