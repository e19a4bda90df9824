"""Which words answer one question without naming its buttons? "veuve", "je dors dehors", "je suis au chômage", "algérienne".

One table a question, by the id of the fact: what each word makes of it ("oui", "non", or a choice; AUCUN is none of the
choices). Words are those people say, whatever language the question is asked in; what may mean two things is not there.
"""

from __future__ import annotations

from bot.conversation.answer_words import SANS, folded

AUCUN = "aucun"
LONG = 10  # words: a longer message tells something else than an answer

_DIT = {
    "couple": {
        "oui": "marié|mariée|mariés|pacsé|pacsée|en couple|concubinage|mon mari et moi|ma femme et moi|avec mon mari|avec ma femme"
        "|avec mon copain|avec ma copine|married|with my husband|with my wife|متزوج|متزوجة|متزوجين|casado|casada|evli|evliyim"
        "|женат|замужем|одружений|одружена|заміжня|متاهل|متأهل|căsătorit|căsătorită|i martuar|e martuar",
        "non": "seul|seule|célibataire|veuf|veuve|divorcé|divorcée|séparé|séparée|single|alone|widow|widowed|divorced|separated"
        "|أعزب|عزباء|مطلق|مطلقة|أرمل|أرملة|وحدي|لوحدي|soltero|soltera|viudo|viuda|divorciado|divorciada|solteiro|solteira"
        "|viúvo|viúva|divorciado|bekar|bekarım|dul|boşandım|yalnız|холост|не женат|не замужем|один|одна|вдова|вдовец"
        "|разведен|разведена|розлучений|розлучена|неодружений|незаміжня|مجرد|مطلقه|تنها|necăsătorit|necăsătorită|singur"
        "|singură|văduvă|divorțat|divorțată|beqar|beqare|vetëm|i ve|e ve",
    },
    "revenus": {
        "salaire": "salaire|salaires|je travaille|travaille|boulot|taf|intérim|smic|cdi|cdd|mi temps|wage|wages|salary|job|i work"
        "|راتب|أجر|اجرة|أعمل|نخدم|خدام|sueldo|salario|trabajo|salário|trabalho|maaş|çalışıyorum|зарплата|работаю|працюю"
        "|کار می‌کنم|معاش|salariu|lucrez|rrogë|punoj",
        "chomage": "chômage|chomdu|pôle emploi|france travail|unemployment|بطالة|البطالة|paro|desempleo|desemprego|işsizlik"
        "|безработица|безробіття|șomaj|papunësi",
        "retraite": "retraite|retraité|retraitée|retirement|تقاعد|التقاعد|jubilación|emekli|emekliyim|بازنشستگی",
        "invalidite": "invalidité",
        "pension_alim": "pension alimentaire|child support|pensión alimenticia|pensão de alimentos|nafaka|алименты|аліменти",
        "independant": "à mon compte|travaille à mon compte|auto entrepreneur|autoentrepreneur|micro entrepreneur|indépendant"
        "|indépendante|self employed|freelance|autónomo|serbest çalışıyorum",
        AUCUN: "rsa|aah|apl|caf|allocations familiales",
    },
    "situations": {
        "enceinte": "enceinte|pregnant|حامل|embarazada|grávida|hamile|hamileyim|беременна|беременная|вагітна|باردار|حامله"
        "|însărcinată|gravidă|shtatzënë",
        "etudiant": "étudiant|étudiante|student|طالب|طالبة|estudiante|estudante|öğrenci|студент|студентка|دانشجو|studentă",
        "handicap": "handicap|handicapé|handicapée|disabled|disability|معاق|معاقة|إعاقة|discapacidad|deficiência|engelli"
        "|инвалид|інвалід|معلول|معلولیت|handicapat|invalid",
        "aide_jour": "aide chaque jour|aide tous les jours",
        "deces": "décès|décédé|décédée|est mort|est morte|veuve|veuf",
    },
    "logement": {
        "locataire_hlm": "hlm|amsom|logement social|council housing|social housing",
        "locataire_prive": "location privée|propriétaire privé|bailleur privé|private landlord",
        "parents": "chez ma mère|chez mon père|ma mère|mes parents|my parents|والدي|أهلي|mis padres|meus pais|ailemle|родителями|батьками",
        "heberge": "hébergé|hébergée|chez un ami|chez une amie|chez des amis|chez mon frère|chez ma soeur|chez mon fils"
        "|chez ma fille|chez mon cousin|chez ma cousine|chez mon oncle|chez ma tante|chez un pote|with a friend|with friends",
        "foyer": "foyer|résidence|cada|chrs|crous|résidence universitaire",
        "sans": "à la rue|dans la rue|dehors|sdf|sans abri|ma voiture|squat|tente|homeless|on the street|in my car"
        "|الشارع|calle|rua|sokakta|на улице|на вулиці|خیابان|pe stradă|në rrugë",
    },
    "nationalite": {
        "francaise": "française|français|french|فرنسي|فرنسية|francés|francesa|fransız|француз|француженка|فرانسوی|franceză|francez",
        "ue": "européen|européenne|belge|suisse|italien|italienne|espagnol|espagnole|portugais|portugaise|allemand|allemande"
        "|polonais|polonaise|roumain|roumaine|bulgare|grec|grecque|hongrois|hongroise|croate|tchèque|slovaque|irlandais"
        "|irlandaise|spanish|portuguese|italian|polish|romanian|bulgarian|español|española|português|portuguesa|român|română",
        "hors_ue": "étranger|étrangère|algérien|algérienne|marocain|marocaine|tunisien|tunisienne|turc|turque|syrien|syrienne"
        "|afghan|afghane|ukrainien|ukrainienne|russe|albanais|albanaise|kosovar|kosovare|sénégalais|sénégalaise|malien|malienne"
        "|guinéen|guinéenne|ivoirien|ivoirienne|congolais|congolaise|camerounais|camerounaise|comorien|comorienne|brésilien"
        "|brésilienne|anglais|anglaise|britannique|soudanais|soudanaise|érythréen|érythréenne|somalien|somalienne|géorgien"
        "|géorgienne|arménien|arménienne|haïtien|haïtienne|algerian|moroccan|tunisian|turkish|syrian|ukrainian|russian"
        "|nigérian|nigériane|nigérien|nigérienne|ghanéen|ghanéenne|indien|indienne|pakistanais|pakistanaise|bangladais|bangladaise"
        "|chinois|chinoise|vietnamien|vietnamienne|iranien|iranienne|irakien|irakienne|libanais|libanaise|palestinien"
        "|palestinienne|égyptien|égyptienne|libyen|libyenne|mauritanien|mauritanienne|gambien|gambienne|tchadien|tchadienne"
        "|centrafricain|centrafricaine|togolais|togolaise|béninois|béninoise|burkinabé|gabonais|gabonaise|angolais|angolaise"
        "|malgache|mauricien|mauricienne|djiboutien|djiboutienne|éthiopien|éthiopienne|azerbaïdjanais|azerbaïdjanaise|moldave"
        "|biélorusse|serbe|bosnien|bosnienne|macédonien|macédonienne|colombien|colombienne|vénézuélien|vénézuélienne|péruvien"
        "|péruvienne|américain|américaine|nigerian|ghanaian|indian|pakistani|bangladeshi|chinese|vietnamese|iranian|iraqi"
        "|lebanese|palestinian|egyptian|libyan|gambian|ethiopian|eritrean|somali|sudanese|congolese|malian|guinean|ivorian"
        "|georgian|armenian|haitian|american|brazilian|colombian|marroquí|argelino|argelina|colombiano|colombiana|venezolano"
        "|venezolana|peruano|peruana|angolano|angolana|cabo verdiano|cabo verdiana|moldovean|moldoveancă|грузин|грузинка"
        "|армянин|армянка|молдаванин|молдаванка|белорус|белоруска|عراقي|عراقية|لبناني|لبنانية|فلسطيني|فلسطينية|مصري|مصرية"
        "|ليبي|ليبية|موريتاني|موريتانية"
        "|albanian|british|جزائري|جزائرية|مغربي|مغربية|تونسي|تونسية|سوري|سورية|سوداني|سودانية|türk|brasileiro|brasileira"
        "|украинец|украинка|українець|українка|русский|русская|افغان|افغانستانی|ایرانی|shqiptar|shqiptare",
    },
    "activite": {
        "salarie": "salarié|salariée|je travaille|intérim|cdi|cdd|ouvrier|ouvrière|employé|employée|i work|أعمل|trabajo|trabalho"
        "|çalışıyorum|работаю|працюю|lucrez|punoj",
        "independant": "à mon compte|travaille à mon compte|auto entrepreneur|autoentrepreneur|micro entrepreneur|indépendant|indépendante",
        "chomeur": "chômage|chômeur|chômeuse|sans emploi|cherche du travail|cherche un emploi|cherche du boulot|unemployed"
        "|looking for work|عاطل|أبحث عن عمل|desempleado|desempleada|desempregado|desempregada|işsiz|işsizim|безработный"
        "|безработная|безробітний|безробітна|بیکار|șomer|i papunë|e papunë",
        "etudiant": "étudiant|étudiante|à la fac|student|طالب|طالبة|estudiante|estudante|öğrenci|студент|студентка|دانشجو",
        "lyceen": "lycéen|lycéenne|au lycée",
        "apprenti": "apprenti|apprentie|apprentissage|alternance|alternant|alternante",
        "retraite": "retraite|retraité|retraitée|retired|متقاعد|متقاعدة|jubilado|jubilada|reformado|reformada|emekli|пенсионер"
        "|пенсионерка|пенсіонер|пенсіонерка|بازنشسته|pensionar|pensionară|pensionist",
        "sans": "au foyer|rien|sans travail|housewife|ربة بيت|ama de casa|dona de casa|ev hanımı|домохозяйка|домогосподарка",
    },
    "titre_sejour": {
        "oui": "récépissé|carte de séjour|carte de résident|carte de 10 ans|visa long séjour|titre de séjour",
        "non": "sans papier|sans papiers|pas de papier|pas de papiers|périmé|périmée|expiré|expirée|no papers|بدون أوراق|ماعنديش أوراق",
    },
}  # fmt: skip

DIT = {
    fait: {folded(one): choice for choice, said in words.items() for one in said.split("|")}
    for fait, words in _DIT.items()
}


def meant(fait: str, text: str) -> frozenset[str]:
    """What the words of a text make of this fact: choices, AUCUN, "oui" or "non"; nothing when it denies something by other
    words, or is too long to be an answer. The longest words are taken first: "travaille à mon compte" is no salary."""
    table = DIT.get(fait)
    said = f" {folded(text)} "
    if table is None or len(said.split()) > LONG:
        return frozenset()
    found = set()
    for words in sorted(table, key=len, reverse=True):
        if f" {words} " in said:
            found.add(table[words])
            said = said.replace(f" {words} ", " · ")
    return frozenset() if SANS & set(said.split()) else frozenset(found)
