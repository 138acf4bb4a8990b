"""Given names met in French offices, without accents, to tell a person from a place or a company."""

from addin.core.understanding.people.wordlist import listed

GIVEN_NAMES = listed("""
aaron abdel abdelaziz abdelhak abdelkader abdelkrim abdellah abdou abdoulaye abel abigail achille ada adam adama adel adelaide adele
adelie adeline adem adil adrian adriana adrien adrienne aelis agathe agathon aglae agnes ahmed aicha aida aime aimee aissa aissata
aissatou aksel alain alan alaric alban albane albert albertine albin aldo aldric alec aleksandra alessandro alessia alex alexandra
alexandre alexandrine alexia alexis alfred ali alice alicia alienor aliette aline alioune alison alix aliya allan alma almodie aloys
alphonse alyssa amadou amael amandine amaury ambre ambroise amel amelia amelie amin amina aminata amine amir amira amy ana anael anaelle
anais anastasia anatole andre andrea andreas andree andrei ange ange-marie angel angela angele angelina angelique anicet anick anissa
anita ann anna annabelle anne annette annick annie annie-claude anouchka anouck anouk anselme anselmo anthony antoine antoinette antonia
antonin antonio antony apolline ariane arielle aristide arlette armand armande armel armelle arnaud arnold arthur artus assia astrid
aubin aubry aude audrey auguste augustin augustine aurele aurelia aurelie aurelien aurore awa axel axelle ayman aymeric ayoub aziz aziza
babacar bachir balthazar baptiste barbara barnabe barthelemi barthelemy basile bastian bastien bathilde beatrice beatrix bechir ben
benedicte benjamin benjamine benoit benoite berenger berengere berenice bernadette bernard bernardo berthe bertille bertrand bettina
bilal bintou blaise blanche blandine bleuenn bogdan bogumila boris boubacar bouchra brahim brenda brendan brice brieuc brigitte bruce
bruno bryan caius calixte calypso camelia camille candice capucine carine carl carla carlos carmen carol carole carolina caroline
cassandra cassandre cassien catalina caterina catherine cathy cecile cecilia cedric celeste celestin celestine celia celina celine
cesaire cesar chadia chaima chantal chantal-marie charlene charles charles-henri charlie charline charlotte cheikh chems chloe christel
christele christelle christian christiane christianne christine christophe christopher cindy clair claire clara clarisse claude
claudette claudia claudie claudine claudy clea clelia clemence clement clementine cleo cleophee clothilde clotilde clovis coleen colette
colin coline constance constant constantin cora coralie coraline corentin corentine corinne cornelia cosima cosme cristina cyprien cyr
cyriaque cyril cyrille dahlia daisy dalila damien damienne damir dana dani daniel daniela daniele danielle danitza danny danyel daphne
david davy dean deborah delia delphine denis denise denys deodat desire desiree diana diane didier diego dieudonne dimitri dina diogene
djamel djamila djena djibril dolores dominique donald donatien donatienne dora dorian doriane dorine doris dorothee driss dylan eddie
eddy edgar edgard edith edme edmond edouard eduardo edwige eflamm eglantine elena eleonore elfi elian eliane elias elie eliette eline
eliott elisa elisabeth elise ella ellen elliot elliott eloan elodia elodie eloi eloise elouan elsa elvira elvire elvis elyes elyse
emeline emeric emerik emile emilia emilie emilien emilienne emma emmanuel emmanuelle emmy emy enael enguerrand enoha enora enzo eric
erica erick erik erika ernest ernestina ernestine erwan erwann erwin esteban estelle esther ethan etienne etiennette eudes eugene
eugenie eulalie euphrasie eva evan evann evariste eve evelyne evodie ewan ewen fabien fabienne fabio fabiola fabrice fadila fanch
fanchon fanette fanny fanta fantine farah farid farida fathia fatiha fatima fatima-zohra fatma fatou fatoumata faustine felicia felicie
felicien felicite felix ferdinand feriel fernand fernande fernando fiona firmin flavie flavien flavio fleur flora flore floreal florence
florent florentin florestan florian floriane florie florine floréal fortune fouad fouzia france francesca francesco francette francine
francis francisco francisque franck francois francoise frank frantz fred freddy frederic frederique fulbert gabin gabriel gabriela
gabriele gabriella gabrielle gael gaelle gaetan gaetane gaetano gaspard gaston gatien gauthier gautier genevieve geoffrey geoffroy
george georges georgette georgina gerald geraldine gerard germain germaine gersende gervais ghislain ghislaine ghizlane gilbert gilberte
gildas gildasie gilles gillian gina gino giovanni gisela gisele giselle giulia giuseppe gladys gloria godefroy goran goulven goulwen
grace gracieuse graziella gregoire gregory guenael guenaelle guenola guenole guewen guilhem guillaume guillemette gurvan gustave guy
guylaine gwenael gwenaelle gwenc'hlan gwendal gwendoline gwenn gwenola gwladus gwladys habib habiba hadrien hafida hafsa hakim halim
halima hamid hamida hamza hanae hanane hanna hannah harmonie harold harry hassan hassane hassiba hatem hayat hector hedi hedwige helena
helene heloise henri henriette henry herbert hermance hermine herve hicham hilaire hind hippolyte honore honorine hortense houda houria
hubert hugo hugues huguet huguette humbert hyacinthe hyppolite iban ibrahim ibrahima ibtissam ida idris idriss ignace igor ikram ilan
ilana iliana ilias illan ilyes iman imane imen imene indiana ines ingrid inna ioana iphigenie irena irene irina iris iryna isaac isabel
isabella isabelle isaure iseult ismael ismail issa iuliana ivan ivana ivane ivo iwan izia jack jackie jacky jacob jacotte jacqueline
jacques jade jalila jamal jamel jamila jan jana jane janie janine jany jasmine jason jawad jean jeanine jeanne jeannette jeannie
jeannine jeannot jeff jennifer jenny jeremie jeremy jerome jessica jessie jessy jill jim jimmy joachim joan joana joanna joanne joao
joceline jocelyn jocelyne jody joe joel joelle joey johan johana johann johanna johanne john johnny jonas jonathan jordan jordane jorge
jose josee joseph josepha josephine josette josette-marie joshua josiane josselin josue josy joy joyce juan juana judicael judith jules
julia julian juliana juliane julie julien julienne juliette julio june justin justine kader kais kamal kamel kamila karen karim karima
karin karina karine karl kassandra katell kateryna kathleen kathy kathya katia katy kelly kenza kenzo kerian kevin khadidja khadija
khaled khalid khalil khedidja kilian killian kim kinga klervi koffi koulm kristell kristen kristina kylian ladislas laetitia laila lala
lamia lana lancelot landry lara larbi larissa latifa laura laure laureen laureline lauren laurence laurene laurent laurentine laurette
lauriane laurianne laurie laurine lazare lea leana leandre leane leila lena lenaick lenaig lenny leo leocadie leon leonard leonardo
leonce leone leonie leonor leontine leopold leopoldine leslie leyla lia liam lidwine lila lili lilia lilian liliane lilou lily lina
linda line lionel lisa lise lisette lison livia liza loan loana loane loeiza lohan loic loic-yann loick lois lola lolita lorena lorenzo
loris lorraine lou louan louane loubna louis louisa louise louisette louison louka lounes loup lubin luc luca lucas lucette lucia lucie
lucien lucienne lucile lucille ludivine ludmila ludo ludovic luigi luis luisa luka lukas luna lydia lydie lyna lynda lyse lysiane mabel
madeleine madeline madiha madjid mae mael maela maelle maelys maeva mafalda magali magalie magda magdalena magloire maguelone mahamadou
mahaut mahdi mahe maia maika maite maiwenn maixent malek malik malika mallaury mallory malo malo-yann mamadou manech manel manolo manon
manu manuel manuela mara marc marceau marcel marcelin marceline marcelle marcello marco marcos marcus margaret margaux margerie margot
marguerite maria mariam mariama mariana marianne mariannick marie marie-christine marielle mariem marietta mariette marilyn marilyne
marin marina marine mario marion marisa marise marius marjolaine marjorie mark marko marlene marlon marta marthe martial martin martina
martine martine-anne martinien marwa marwan maryam maryline marylise maryne maryse maryvonne massimo mateo mathias mathieu mathilda
mathilde mathis mathurin matteo matthias matthieu matthis maud maude maurane maureen maurice mauricette maurine max maxence maxence-yann
maxime maximilien maxine may maya mayeul maylis medard mederic medhi mehdi mehdia melanie melchior melina melinda meline melisande
melissa mellie melodie melvin melvyn mercedes meriem merlin merwan meryem mia michael michel michele micheline michelle mickael miguel
mikael mike mila milan milena milica milo mimoun mina mirabelle mireille miriam mirko moana modeste mohamed mohammed moira moise mokhtar
mona monica monika monique morgan morgane mouloud mounia mounir mourad moussa moustapha muriel murielle mustafa mustapha mylene myriam
nabil nabila nacer nacera nacim nadege nadejda nadia nadine nadir naeva nahla naila naima nancy naomi narcisse nasser nassim nassima
natacha natacha-anne natalia natalie nathalie nathan nathanael nawal nawel nayla nazaire ndeye nelly nelson nestor nicholas nicolas
nicole nicoletta nihad nils nina ninon noa noah noam noe noel noelie noella noelle noellie noemie noha nolan nolwen nolwenn noor nora
norah norbert nordine norman nour noureddine nouria oceane octave octavie odette odile odilon olga olive oliver olivia olivier olympe
omar ombeline ombline ondine oriana oriane orianne orlane ornella oscar oswald ottavia ottilie ouarda oumar oumou oury ousmane owen
ozanne pablo paco pacome palmyre pamela paola paolo parfait pascal pascale pascaline patrice patricia patrick patrycja paul paul-henri
paula paule paulette paulin pauline paulo pavel pedro peggy penelope per perceval perla pernelle perrette perrine peter petra philemon
philibert philippa philippe philippine philomene pia pierre pierrette pierrick pierrik placide pol pola prisca priscilla priscillia
privat prosper prudence prune quentin quitterie rabah rabia rachel rachid rachida radegonde radia rafael rafik raimbaud rainer raissa
ramon ramona ramzi rania raoul raphael raphaelle rayan raymond raymonde rebecca redouane regine regis reine rejane remi remigio remy
renan renaud renaude rene renee reynald rhita riad ricardo richard richarde rihab rita robert roberta roberte roberto robin robinson
rodolphe rodrigo rodrigue roger roland rolande romain romaine roman romane romaric rome romeo romuald romy ronald ronan rosa rosalba
rosalie rosaline rosario rose rose-marie roselyne rosemary rosemonde rosine roxana roxane roxanne rozenn ruben rudolf rudy ruth ryan
saad sabah sabina sabine sabri sabrina sabrina-anne sacha sadia safia said saida saliha salim salima salma salome salome-anne salomon
salvador salvatore sam samantha sami samia samir samira sammy samuel samy sana sandie sandra sandrine sandy sara sarah sarra sasha
saskia saturnin sauveur savannah saverio scarlett sean sebastian sebastien segolene seidou selena selim selma selyne septime serena
serge sergio servan servane severin severine seydou shana sharon sheila shirley sibylle sidonie siham siloe silvere silvia simeon simon
simona simone sixte sixtine slimane soazig sofia sofian sofiane soizic solal solange soledad solen solene solenn solenne soline solveig
sonia sonny sophia sophie soraya sosthene souad souhila soulaymane soumaya stan stanislas steeve steeven stella stephan stephane
stephanie stephen stevan steve steven suzanne suzel suzelle suzette svetlana swann sybille sylvain sylvaine sylvestre sylvette sylvia
sylviane sylvie taha talia tamara tancrede tanguy tania tanya tara tarek tarik tariq tatiana tatienne ted teddy teo teresa tess tessa
thais thea thelma theo theodora theodore theodule theophane theophile theresa therese thi thibaud thibault thibaut thierry thiphaine
thomas tiago tifany tifenn tiffany tim timeo timothe timothee tina tino tiphaine titouan titus tom tommy tony toussaint tracy trevor
tristan tudi tudual tugdual typhaine ugo ulrich ulysse urbain urielle ursula ursule vadim valentin valentina valentine valere valeria
valerian valerie valery vanessa vassili venceslas venusia vera veronica veronique vianney vicente vickie vicky victoire victor victoria
victorien victorine vincent vincente vincenzo viola violaine violette virgil virgile virginia virginie vitalie vivette vivian viviane
vivien vladimir wafa walburge waldeck walid wallis walter wanda wandrille warren wenceslas wendy werner wesley widad wilfrid wilfried
willem william williams willy wilson wissam xavier xaviera xaviere yacine yael yaelle yamina yan yanick yanis yann yannick yannig yannis
yasmin yasmina yasmine yassin yassine yazid ylan yoan yoann yoel yohan yohann yolaine yolande youcef youen youna younes youri youssef
youssouf ysaline ysee ysolde yuna yusuf yvan yvelise yves yvette yvon yvonne yvonnick zacharie zachary zahia zahra zakaria zakia zeinab
zelia zelie zenaide zephirin zephyrine zina zineb zita zita-marie zoe zohra zoran zoubida zoubir zoulikha
""")

# Given names that are French words too: in lower case they name a person only where a person is awaited.
WORDS_TOO = listed("""
aime ange ben blanche camelia candice capucine celeste clair claire clement constance constant fleur france grace harmonie jade jean
june juste line lola loup marine martial merlin modeste noel olive per pierre prudence prune reine rome rose sam thi urbain victoire
violette
""")


def is_given(word: str) -> bool:
    """Tell whether a word without accents is a given name: "sophie", "jean-pierre" (its first half is enough)."""
    return word in GIVEN_NAMES or ("-" in word and word.split("-")[0] in GIVEN_NAMES and len(word.split("-")[-1]) > 1)
