<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>Accessible</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message>
        <source>Comment: %1</source>
        <translation>Kommentar: %1</translation>
    </message>
    <message>
        <source>Group %1</source>
        <translation>Gruppe %1</translation>
    </message>
    <message>
        <source>Wire from %1 to %2</source>
        <translation>Verbindung von %1 nach %2</translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation>zugeklappt</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>abgeschaltet</translation>
    </message>
    <message>
        <source>disabled, rows go past it</source>
        <translation>abgeschaltet, Zeilen gehen daran vorbei</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>operator with state</source>
        <translation>Operator mit Zustand</translation>
    </message>
    <message>
        <source>plugin missing</source>
        <translation>Plugin fehlt</translation>
    </message>
    <message>
        <source>sink</source>
        <translation>Senke</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>&amp;About Weir</source>
        <translation>Ü&amp;ber Weir</translation>
    </message>
    <message>
        <source>&amp;Close tab</source>
        <translation>Tab s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Commands</source>
        <translation>&amp;Befehle</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Data file…</source>
        <translation>&amp;Datendatei…</translation>
    </message>
    <message>
        <source>&amp;Documentation</source>
        <translation>&amp;Dokumentation</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Suchen…</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>&amp;Go into the part</source>
        <translation>Den Baustein ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>&amp;Gruppieren</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Insert</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>&amp;Lay out</source>
        <translation>&amp;Automatisch anordnen</translation>
    </message>
    <message>
        <source>&amp;Minimap</source>
        <translation>&amp;Minikarte</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>&amp;Neu</translation>
    </message>
    <message>
        <source>&amp;Next colour of a comment</source>
        <translation>&amp;Nächste Farbe eines Kommentars</translation>
    </message>
    <message>
        <source>&amp;Node…</source>
        <translation>&amp;Knoten…</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Palette</source>
        <translation>&amp;Palette</translation>
    </message>
    <message>
        <source>&amp;Part…</source>
        <translation>&amp;Baustein…</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>E&amp;infügen</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>An&amp;heften</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Been&amp;den</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>Aus&amp;führen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Straighten wires</source>
        <translation>&amp;Verbindungen begradigen</translation>
    </message>
    <message>
        <source>&amp;Text of the file</source>
        <translation>&amp;Text der Datei</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Ungroup</source>
        <translation>Gruppierung aufhe&amp;ben</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>Ans&amp;icht</translation>
    </message>
    <message>
        <source>&amp;Wire…</source>
        <translation>&amp;Verbindung…</translation>
    </message>
    <message>
        <source>Align &amp;bottom</source>
        <translation>&amp;Unten ausrichten</translation>
    </message>
    <message>
        <source>Align &amp;centres</source>
        <translation>Waagerecht &amp;mittig ausrichten</translation>
    </message>
    <message>
        <source>Align &amp;middles</source>
        <translation>Senkrecht m&amp;ittig ausrichten</translation>
    </message>
    <message>
        <source>Align &amp;right</source>
        <translation>&amp;Rechts ausrichten</translation>
    </message>
    <message>
        <source>Align &amp;top</source>
        <translation>&amp;Oben ausrichten</translation>
    </message>
    <message>
        <source>Align l&amp;eft</source>
        <translation>&amp;Links ausrichten</translation>
    </message>
    <message>
        <source>Arra&amp;nge</source>
        <translation>An&amp;ordnen</translation>
    </message>
    <message>
        <source>Ben&amp;d a wire</source>
        <translation>Verbindung &amp;knicken</translation>
    </message>
    <message>
        <source>C&amp;anvas or inspector</source>
        <translation>&amp;Zeichenfläche oder Inspektor</translation>
    </message>
    <message>
        <source>C&amp;ollapse or expand group</source>
        <translation>Gruppe au&amp;f- oder zuklappen</translation>
    </message>
    <message>
        <source>Co&amp;mment</source>
        <translation>K&amp;ommentar</translation>
    </message>
    <message>
        <source>Copy as &amp;Mermaid</source>
        <translation>Als &amp;Mermaid kopieren</translation>
    </message>
    <message>
        <source>Copy as p&amp;icture</source>
        <translation>Als &amp;Bild kopieren</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Delete and reco&amp;nnect</source>
        <translation>Löschen und neu &amp;verbinden</translation>
    </message>
    <message>
        <source>Detac&amp;h</source>
        <translation>Abko&amp;ppeln</translation>
    </message>
    <message>
        <source>Disa&amp;ble or enable</source>
        <translation>Ab- oder &amp;zuschalten</translation>
    </message>
    <message>
        <source>Distribute &amp;horizontally</source>
        <translation>&amp;Waagerecht verteilen</translation>
    </message>
    <message>
        <source>Distribute &amp;vertically</source>
        <translation>&amp;Senkrecht verteilen</translation>
    </message>
    <message>
        <source>Export as &amp;PNG…</source>
        <translation>Als &amp;PNG exportieren…</translation>
    </message>
    <message>
        <source>Export as S&amp;VG…</source>
        <translation>Als SV&amp;G exportieren…</translation>
    </message>
    <message>
        <source>Find and replac&amp;e…</source>
        <translation>Suchen und erse&amp;tzen…</translation>
    </message>
    <message>
        <source>Fit &amp;selection</source>
        <translation>&amp;Auswahl einpassen</translation>
    </message>
    <message>
        <source>I&amp;nspector</source>
        <translation>&amp;Inspektor</translation>
    </message>
    <message>
        <source>Keyboard &amp;shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>N&amp;ext tab</source>
        <translation>&amp;Nächster Tab</translation>
    </message>
    <message>
        <source>Ne&amp;xt bend</source>
        <translation>Nä&amp;chster Knick</translation>
    </message>
    <message>
        <source>Ne&amp;xt problem</source>
        <translation>Nä&amp;chstes Problem</translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation>Neues Fens&amp;ter</translation>
    </message>
    <message>
        <source>New f&amp;rom template…</source>
        <translation>Neu aus &amp;Vorlage…</translation>
    </message>
    <message>
        <source>P&amp;roblems</source>
        <translation>P&amp;robleme</translation>
    </message>
    <message>
        <source>Pre&amp;vious problem</source>
        <translation>Vorheri&amp;ges Problem</translation>
    </message>
    <message>
        <source>Previo&amp;us tab</source>
        <translation>V&amp;orheriger Tab</translation>
    </message>
    <message>
        <source>Quick f&amp;ix</source>
        <translation>Sc&amp;hnellkorrektur</translation>
    </message>
    <message>
        <source>Rena&amp;me</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <source>Save as templat&amp;e…</source>
        <translation>Als Vor&amp;lage speichern…</translation>
    </message>
    <message>
        <source>Save group &amp;as part…</source>
        <translation>Gru&amp;ppe als Baustein speichern…</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>All&amp;es auswählen</translation>
    </message>
    <message>
        <source>Select c&amp;onnected</source>
        <translation>Ver&amp;bundene auswählen</translation>
    </message>
    <message>
        <source>Select do&amp;wnstream</source>
        <translation>&amp;Nachfolger auswählen</translation>
    </message>
    <message>
        <source>Select up&amp;stream</source>
        <translation>V&amp;orgänger auswählen</translation>
    </message>
    <message>
        <source>Sho&amp;w as a link or as a wire</source>
        <translation>Als Verweis o&amp;der als Verbindung zeigen</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>add operator source sink topic</source>
        <translation>hinzufügen Operator Quelle Senke Topic</translation>
    </message>
    <message>
        <source>after right outputs</source>
        <translation>danach rechts Ausgänge</translation>
    </message>
    <message>
        <source>before left inputs</source>
        <translation>davor links Eingänge</translation>
    </message>
    <message>
        <source>bottom panel</source>
        <translation>unten Leiste</translation>
    </message>
    <message>
        <source>connection connect edge</source>
        <translation>verbinden Kante Leitung</translation>
    </message>
    <message>
        <source>corner waypoint</source>
        <translation>Ecke Wegpunkt</translation>
    </message>
    <message>
        <source>create topology</source>
        <translation>anlegen erstellen Topologie</translation>
    </message>
    <message>
        <source>error warning</source>
        <translation>Fehler Warnung</translation>
    </message>
    <message>
        <source>exit</source>
        <translation>verlassen schließen</translation>
    </message>
    <message>
        <source>fix position</source>
        <translation>Platz festhalten</translation>
    </message>
    <message>
        <source>focus keyboard go to properties</source>
        <translation>Fokus Tastatur gehe zu Eigenschaften</translation>
    </message>
    <message>
        <source>fold unfold</source>
        <translation>einklappen ausklappen</translation>
    </message>
    <message>
        <source>image clipboard screenshot</source>
        <translation>Grafik Zwischenablage Bildschirmfoto</translation>
    </message>
    <message>
        <source>json source code</source>
        <translation>json Quelltext Code</translation>
    </message>
    <message>
        <source>keys list</source>
        <translation>Tasten Liste</translation>
    </message>
    <message>
        <source>left panel operators outline</source>
        <translation>links Leiste Operatoren Gliederung</translation>
    </message>
    <message>
        <source>manual guide help</source>
        <translation>Handbuch Anleitung Hilfe</translation>
    </message>
    <message>
        <source>markdown diagram</source>
        <translation>Markdown Diagramm</translation>
    </message>
    <message>
        <source>note color paint</source>
        <translation>Notiz Farbe färben</translation>
    </message>
    <message>
        <source>note text</source>
        <translation>Notiz Text</translation>
    </message>
    <message>
        <source>own reuse palette</source>
        <translation>eigene wiederverwenden Palette</translation>
    </message>
    <message>
        <source>picture image</source>
        <translation>Bild Grafik</translation>
    </message>
    <message>
        <source>picture topology</source>
        <translation>Bild Topologie</translation>
    </message>
    <message>
        <source>preferences options theme dark light motion language</source>
        <translation>Optionen Sprache Farben dunkel hell Bewegung</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>entfernen</translation>
    </message>
    <message>
        <source>remove bends</source>
        <translation>Knicke entfernen</translation>
    </message>
    <message>
        <source>remove heal</source>
        <translation>entfernen heilen</translation>
    </message>
    <message>
        <source>remove wires disconnect</source>
        <translation>Verbindungen entfernen trennen</translation>
    </message>
    <message>
        <source>repair problem</source>
        <translation>beheben reparieren Problem</translation>
    </message>
    <message>
        <source>right panel properties schema docs</source>
        <translation>rechts Leiste Eigenschaften Schema Doku</translation>
    </message>
    <message>
        <source>search actions</source>
        <translation>suchen Aktionen</translation>
    </message>
    <message>
        <source>search nodes fields</source>
        <translation>finden Knoten Felder</translation>
    </message>
    <message>
        <source>source ndjson json schema columns import</source>
        <translation>Quelle ndjson json Schema Spalten importieren</translation>
    </message>
    <message>
        <source>stop pass skip mute off on</source>
        <translation>anhalten überspringen stumm aus ein</translation>
    </message>
    <message>
        <source>substitute rename text</source>
        <translation>austauschen umbenennen Text</translation>
    </message>
    <message>
        <source>tag long wire portal</source>
        <translation>Schild lange Verbindung Sprungmarke</translation>
    </message>
    <message>
        <source>tidy automatic layout</source>
        <translation>aufräumen automatisch Anordnung Layout</translation>
    </message>
    <message>
        <source>topology file inside go</source>
        <translation>Topologie Datei hinein gehen</translation>
    </message>
    <message>
        <source>topology file reuse module component</source>
        <translation>Topologie Datei wiederverwenden Modul Komponente</translation>
    </message>
    <message>
        <source>version licence</source>
        <translation>Version Lizenz</translation>
    </message>
    <message>
        <source>wire handle</source>
        <translation>Verbindung Griff</translation>
    </message>
    <message>
        <source>zoom everything</source>
        <translation>Zoom alles zeigen</translation>
    </message>
    <message>
        <source>zoom locate</source>
        <translation>Zoom finden</translation>
    </message>
    <message>
        <source>zoom reset original size</source>
        <translation>Zoom zurücksetzen Originalgröße</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CanvasKeys</name>
    <message>
        <source>Alt+drag</source>
        <translation>Alt+Ziehen</translation>
    </message>
    <message>
        <source>Alt+← → ↑ ↓</source>
        <translation>Alt+← → ↑ ↓</translation>
    </message>
    <message>
        <source>Bend a wire, or take it off its port</source>
        <translation>Verbindung knicken oder vom Anschluss lösen</translation>
    </message>
    <message>
        <source>Cancel, or select nothing</source>
        <translation>Abbrechen oder nichts auswählen</translation>
    </message>
    <message>
        <source>Commands for what is selected</source>
        <translation>Befehle für die Auswahl</translation>
    </message>
    <message>
        <source>Ctrl+Shift+← → ↑ ↓</source>
        <translation>Strg+Umschalt+← → ↑ ↓</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Strg+Mausrad</translation>
    </message>
    <message>
        <source>Ctrl+← → ↑ ↓</source>
        <translation>Strg+← → ↑ ↓</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Follow wires</source>
        <translation>Verbindungen folgen</translation>
    </message>
    <message>
        <source>Go to the nearest part</source>
        <translation>Zum nächsten Teil</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Move the view</source>
        <translation>Ansicht verschieben</translation>
    </message>
    <message>
        <source>Move what is selected</source>
        <translation>Auswahl verschieben</translation>
    </message>
    <message>
        <source>Move what is selected further</source>
        <translation>Auswahl weiter verschieben</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <source>Pull a node out of its wires</source>
        <translation>Knoten aus Verbindungen ziehen</translation>
    </message>
    <message>
        <source>Select one more, or no more</source>
        <translation>Zur Auswahl dazu oder heraus</translation>
    </message>
    <message>
        <source>Select the nearest part, too</source>
        <translation>Nächsten Teil dazu auswählen</translation>
    </message>
    <message>
        <source>Shift+click</source>
        <translation>Umschalt+Klick</translation>
    </message>
    <message>
        <source>Shift+drag</source>
        <translation>Umschalt+Ziehen</translation>
    </message>
    <message>
        <source>Shift+← → ↑ ↓</source>
        <translation>Umschalt+← → ↑ ↓</translation>
    </message>
    <message>
        <source>Space+drag</source>
        <translation>Leertaste+Ziehen</translation>
    </message>
    <message>
        <source>Zoom at the mouse</source>
        <translation>Am Mauszeiger zoomen</translation>
    </message>
    <message>
        <source>← → ↑ ↓</source>
        <translation>← → ↑ ↓</translation>
    </message>
</context>
<context>
    <name>CloseGuard</name>
    <message numerus="yes">
        <source>Save the changes of %n topolog(ies)?</source>
        <translation>
            <numerusform>Änderungen von %n Topologie speichern?</numerusform>
            <numerusform>Änderungen von %n Topologien speichern?</numerusform>
        </translation>
    </message>
    <message>
        <source>Save your work?</source>
        <translation>Arbeit speichern?</translation>
    </message>
    <message>
        <source>Saved as it is drawn. What was written as its text cannot be read: mend it, or undo it there.</source>
        <translation>Gespeichert wie gezeichnet. Was als Text geschrieben wurde, ist nicht lesbar: dort berichtigen oder zurücknehmen.</translation>
    </message>
    <message>
        <source>a text that cannot be read yet</source>
        <translation>ein Text, der noch nicht lesbar ist</translation>
    </message>
    <message>
        <source>logic</source>
        <translation>Logik</translation>
    </message>
    <message>
        <source>logic and positions</source>
        <translation>Logik und Positionen</translation>
    </message>
    <message>
        <source>only positions and comments</source>
        <translation>nur Positionen und Kommentare</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>A split that is silent for so long no longer holds time back. Without it: never.</source>
        <translation>Ein Split, der so lange schweigt, hält die Zeit nicht mehr auf. Ohne Angabe: nie.</translation>
    </message>
    <message>
        <source>A timestamp column.</source>
        <translation>Eine Spalte mit Zeitstempeln.</translation>
    </message>
    <message>
        <source>Bytes of one partition, but for rows that a reader of the home has not read yet. Without it: kept.</source>
        <translation>Bytes einer Partition, außer Zeilen, die ein Leser des Home noch nicht gelesen hat. Ohne Angabe: Sie bleiben.</translation>
    </message>
    <message>
        <source>Disorder</source>
        <translation>Unordnung</translation>
    </message>
    <message>
        <source>Event time</source>
        <translation>Ereigniszeit</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>For people.</source>
        <translation>Für Menschen.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>How far ahead of the clock a row may be when it is first read; one that is further is a dead letter. &quot;none&quot;: as far as it likes.</source>
        <translation>Wie weit eine Zeile der Uhr voraus sein darf, wenn sie zum ersten Mal gelesen wird; eine, die weiter voraus ist, wird ein Dead Letter. „none“: beliebig weit.</translation>
    </message>
    <message>
        <source>How many parts can be worked on at once.</source>
        <translation>Wie viele Teile zugleich bearbeitet werden können.</translation>
    </message>
    <message>
        <source>How many tasks share the keys, when rows have to move. Without it: as many as before.</source>
        <translation>Wie viele Aufgaben sich die Schlüssel teilen, wenn Zeilen umziehen müssen. Ohne Angabe: so viele wie davor.</translation>
    </message>
    <message>
        <source>How many tasks share the splits.</source>
        <translation>Wie viele Aufgaben sich die Splits teilen.</translation>
    </message>
    <message>
        <source>How much older than the newest row before it a row may be and still be in time.</source>
        <translation>Wie viel älter als die neueste Zeile vor ihr eine Zeile sein darf, um noch rechtzeitig zu sein.</translation>
    </message>
    <message>
        <source>How the bytes become rows.</source>
        <translation>Wie aus den Bytes Zeilen werden.</translation>
    </message>
    <message>
        <source>How the key is written, which places the rows.</source>
        <translation>Wie der Schlüssel geschrieben wird, nach dem die Zeilen verteilt werden.</translation>
    </message>
    <message>
        <source>Idle after</source>
        <translation>Untätig nach</translation>
    </message>
    <message>
        <source>Ids that it had: who reads it goes on where it stood under them.</source>
        <translation>Frühere Kennungen: Wer es liest, macht dort weiter, wo es unter ihnen stand.</translation>
    </message>
    <message>
        <source>Its columns; needed where nothing in the topology writes it.</source>
        <translation>Seine Spalten; nötig, wo nichts in der Topologie es schreibt.</translation>
    </message>
    <message>
        <source>Its name in the log. Without it: the id.</source>
        <translation>Sein Name im Log. Ohne Angabe: die Kennung.</translation>
    </message>
    <message>
        <source>Its rows are records of this format, for others to read and write. Without it: columns, which only Weir reads, and faster.</source>
        <translation>Seine Zeilen sind Datensätze dieses Formats, die auch andere lesen und schreiben. Ohne Angabe: Spalten, die nur Weir liest, und zwar schneller.</translation>
    </message>
    <message>
        <source>Its rows change others: insert, update, delete. Needed where nothing in the topology writes it.</source>
        <translation>Seine Zeilen ändern andere: einfügen, ändern, löschen. Nötig, wo nichts in der Topologie es schreibt.</translation>
    </message>
    <message>
        <source>Keep at most</source>
        <translation>Höchstens aufbewahren</translation>
    </message>
    <message>
        <source>Keep for</source>
        <translation>Aufbewahren für</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Key format</source>
        <translation>Schlüsselformat</translation>
    </message>
    <message>
        <source>Most ahead</source>
        <translation>Höchstens voraus</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Partitions</source>
        <translation>Partitionen</translation>
    </message>
    <message>
        <source>Rows that were written longer ago are removed, but for those that a reader of the home has not read yet. Without it: kept.</source>
        <translation>Zeilen, die vor längerer Zeit geschrieben wurden, werden entfernt, außer denen, die ein Leser des Home noch nicht gelesen hat. Ohne Angabe: Sie bleiben.</translation>
    </message>
    <message>
        <source>Rows with equal values here go to the same partition.</source>
        <translation>Zeilen mit gleichen Werten hier kommen in dieselbe Partition.</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>The columns to read, with their types.</source>
        <translation>Die Spalten, die gelesen werden, mit ihren Typen.</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Value format</source>
        <translation>Wertformat</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>What a reader does when rows that it had still to read are gone: stop, or count them and go on.</source>
        <translation>Was ein Leser tut, wenn Zeilen weg sind, die er noch zu lesen hatte: anhalten oder sie zählen und weitermachen.</translation>
    </message>
    <message>
        <source>When a row happened, and how far out of order.</source>
        <translation>Wann eine Zeile geschah und wie weit außer der Reihe.</translation>
    </message>
    <message>
        <source>When rows are gone</source>
        <translation>Wenn Zeilen fehlen</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
</context>
<context>
    <name>DataFile</name>
    <message>
        <source>Add a file source</source>
        <translation>Dateiquelle hinzufügen</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>Take %1 as event time</source>
        <translation>%1 als Ereigniszeit nehmen</translation>
    </message>
    <message>
        <source>Take the columns of %1</source>
        <translation>Spalten von %1 übernehmen</translation>
    </message>
</context>
<context>
    <name>Docs</name>
    <message>
        <source>, gives %1</source>
        <translation>, ergibt %1</translation>
    </message>
    <message>
        <source>, optional</source>
        <translation>, optional</translation>
    </message>
    <message>
        <source>, required</source>
        <translation>, erforderlich</translation>
    </message>
    <message>
        <source>A named stream on the log: what is written to it stays, and other topologies can read it.</source>
        <translation>Ein benannter Strom im Log: Was hineingeschrieben wird, bleibt, und andere Topologien können es lesen.</translation>
    </message>
    <message>
        <source>At least %1.</source>
        <translation>Mindestens %1.</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>Höchstens %1.</translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation>Vorgabe: %1</translation>
    </message>
    <message>
        <source>Elsewhere it is called</source>
        <translation>Andernorts heißt es</translation>
    </message>
    <message>
        <source>Example: %1</source>
        <translation>Beispiel: %1</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>Von %1 bis %2.</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Eingänge</translation>
    </message>
    <message>
        <source>Its plugin is not installed, so there is nothing to read here.</source>
        <translation>Das Plugin ist nicht installiert, daher gibt es hier nichts zu lesen.</translation>
    </message>
    <message>
        <source>One of %1.</source>
        <translation>Eines von %1.</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Ausgänge</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>by key</source>
        <translation>nach Schlüssel</translation>
    </message>
    <message>
        <source>dead letters</source>
        <translation>Dead Letters</translation>
    </message>
    <message>
        <source>late rows</source>
        <translation>verspätete Zeilen</translation>
    </message>
    <message>
        <source>stream</source>
        <translation>Strom</translation>
    </message>
    <message>
        <source>table</source>
        <translation>Tabelle</translation>
    </message>
</context>
<context>
    <name>Edits</name>
    <message>
        <source>Add a comment</source>
        <translation>Kommentar hinzufügen</translation>
    </message>
    <message>
        <source>Add a node</source>
        <translation>Knoten hinzufügen</translation>
    </message>
    <message>
        <source>Add to the group</source>
        <translation>Zur Gruppe hinzufügen</translation>
    </message>
    <message>
        <source>Bend a wire</source>
        <translation>Verbindung knicken</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>Change a comment</source>
        <translation>Kommentar ändern</translation>
    </message>
    <message>
        <source>Change the colour of a comment</source>
        <translation>Farbe eines Kommentars ändern</translation>
    </message>
    <message>
        <source>Change the id</source>
        <translation>Kennung ändern</translation>
    </message>
    <message>
        <source>Change the width of a comment</source>
        <translation>Breite eines Kommentars ändern</translation>
    </message>
    <message>
        <source>Collapse</source>
        <translation>Zuklappen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Detach</source>
        <translation>Abkoppeln</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Abschalten</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Zuschalten</translation>
    </message>
    <message>
        <source>Expand</source>
        <translation>Aufklappen</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Pull out of its wires</source>
        <translation>Aus den Verbindungen ziehen</translation>
    </message>
    <message>
        <source>Put into the wire</source>
        <translation>In die Verbindung einsetzen</translation>
    </message>
    <message>
        <source>Reconnect</source>
        <translation>Neu verbinden</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n part(s)</source>
        <translation>
            <numerusform>%n Teil entfernen</numerusform>
            <numerusform>%n Teile entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove a bend</source>
        <translation>Knick entfernen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message numerus="yes">
        <source>Replace “%1” by “%2” in %n place(s)</source>
        <translation>
            <numerusform>„%1“ an %n Stelle durch „%2“ ersetzen</numerusform>
            <numerusform>„%1“ an %n Stellen durch „%2“ ersetzen</numerusform>
        </translation>
    </message>
    <message>
        <source>Save as a part</source>
        <translation>Als Baustein speichern</translation>
    </message>
    <message>
        <source>Show as a link</source>
        <translation>Als Verweis zeigen</translation>
    </message>
    <message>
        <source>Show as a wire</source>
        <translation>Als Verbindung zeigen</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>Begradigen</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>Gruppierung aufheben</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>A topic between two parts</source>
        <translation>Ein Topic zwischen zwei Teilen</translation>
    </message>
    <message>
        <source>Count events per window</source>
        <translation>Ereignisse je Fenster zählen</translation>
    </message>
    <message>
        <source>Filter and reshape rows</source>
        <translation>Zeilen filtern und umformen</translation>
    </message>
    <message>
        <source>Flight departures</source>
        <translation>Flugabflüge</translation>
    </message>
    <message>
        <source>Orders per minute by region</source>
        <translation>Bestellungen je Minute und Region</translation>
    </message>
</context>
<context>
    <name>Fixes</name>
    <message>
        <source>Convert: %1</source>
        <translation>Umwandeln: %1</translation>
    </message>
    <message>
        <source>Declare &quot;%1&quot; as timestamp</source>
        <translation>„%1“ als timestamp angeben</translation>
    </message>
    <message>
        <source>Keep %1 (at %2 rows/s about %3 a day)</source>
        <translation>%1 aufbewahren (bei %2 Zeilen/s etwa %3 am Tag)</translation>
    </message>
    <message>
        <source>Remove the second one</source>
        <translation>Das zweite entfernen</translation>
    </message>
    <message>
        <source>Remove the wire</source>
        <translation>Verbindung entfernen</translation>
    </message>
    <message>
        <source>Remove the wire %1</source>
        <translation>Verbindung %1 entfernen</translation>
    </message>
    <message>
        <source>Rename &quot;%1&quot; to &quot;%2&quot; downstream too (%3 nodes)</source>
        <translation>„%1“ auch danach in „%2“ umbenennen (%3 Knoten)</translation>
    </message>
    <message>
        <source>Rename &quot;%1&quot; to &quot;%2&quot; here too</source>
        <translation>„%1“ auch hier in „%2“ umbenennen</translation>
    </message>
    <message>
        <source>Take &quot;%1&quot; of &quot;%2&quot; as event time</source>
        <translation>„%1“ aus „%2“ als Ereigniszeit nehmen</translation>
    </message>
    <message>
        <source>Take it from the environment: %1</source>
        <translation>Aus der Umgebung nehmen: %1</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>%1 · plugin %2 %3</source>
        <translation>%1 · Plugin %2 %3</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message>
        <source>At least once</source>
        <translation>Mindestens einmal</translation>
    </message>
    <message>
        <source>Average</source>
        <translation>Durchschnitt</translation>
    </message>
    <message>
        <source>Boolean</source>
        <translation>Wahrheitswert</translation>
    </message>
    <message>
        <source>Change a parameter</source>
        <translation>Parameter ändern</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Abgeschaltet</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Exactly once</source>
        <translation>Genau einmal</translation>
    </message>
    <message>
        <source>Exactly once: after a crash no row counts twice and none is lost.</source>
        <translation>Genau einmal: Nach einem Absturz zählt keine Zeile doppelt und keine geht verloren.</translation>
    </message>
    <message>
        <source>For the part of the topology between topics that it stands in.</source>
        <translation>Für den Teil der Topologie zwischen Topics, in dem der Knoten steht.</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Guarantee</source>
        <translation>Garantie</translation>
    </message>
    <message>
        <source>Ids that it had: it goes on from what a home keeps under them.</source>
        <translation>Frühere Kennungen: Es geht mit dem weiter, was ein Home unter ihnen aufbewahrt.</translation>
    </message>
    <message>
        <source>Integer</source>
        <translation>Ganzzahl</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>Minimum</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Part · %1</source>
        <translation>Baustein · %1</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>Durchlassen</translation>
    </message>
    <message>
        <source>Plugin &quot;%1&quot; has no such operator.</source>
        <translation>Das Plugin „%1“ hat keinen solchen Operator.</translation>
    </message>
    <message>
        <source>Plugin &quot;%1&quot; is not installed; its settings are kept.</source>
        <translation>Das Plugin „%1“ ist nicht installiert; die Einstellungen bleiben erhalten.</translation>
    </message>
    <message>
        <source>Several values</source>
        <translation>Mehrere Werte</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop: it does not run, nor what hangs on it alone. Pass: rows go past it.</source>
        <translation>Anhalten: Er läuft nicht, und auch nicht, was nur an ihm hängt. Durchlassen: Zeilen gehen daran vorbei.</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>This part cannot be used; its settings are kept.</source>
        <translation>Dieser Baustein ist nicht zu gebrauchen; seine Einstellungen bleiben erhalten.</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Value when none is given</source>
        <translation>Wert, wenn keiner angegeben ist</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>Früher</translation>
    </message>
    <message>
        <source>What whoever starts the topology may choose. Write ${param:name} to use one.</source>
        <translation>Was beim Start der Topologie gewählt werden kann. Zu benutzen als ${param:name}.</translation>
    </message>
    <message>
        <source>a named stream on the log</source>
        <translation>ein benannter Strom im Log</translation>
    </message>
    <message>
        <source>as the topology</source>
        <translation>wie die Topologie</translation>
    </message>
    <message>
        <source>for example %1</source>
        <translation>zum Beispiel %1</translation>
    </message>
    <message>
        <source>no: it runs</source>
        <translation>nein: er läuft</translation>
    </message>
</context>
<context>
    <name>Mends</name>
    <message>
        <source>Connect all the same</source>
        <translation>Trotzdem verbinden</translation>
    </message>
    <message>
        <source>Connect and convert</source>
        <translation>Verbinden und umwandeln</translation>
    </message>
    <message>
        <source>Connect and mend</source>
        <translation>Verbinden und korrigieren</translation>
    </message>
    <message>
        <source>Connect · %1</source>
        <translation>Verbinden · %1</translation>
    </message>
    <message>
        <source>Put a node between that makes the columns equal</source>
        <translation>Einen Knoten dazwischensetzen, der die Spalten angleicht</translation>
    </message>
</context>
<context>
    <name>MoveGesture</name>
    <message numerus="yes">
        <source>Move %n part(s)</source>
        <translation>
            <numerusform>%n Teil verschieben</numerusform>
            <numerusform>%n Teile verschieben</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Offers</name>
    <message>
        <source>Add and connect</source>
        <translation>Hinzufügen und verbinden</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>A named stream on the log: what is written to it stays, and other topologies can read it.</source>
        <translation>Ein benannter Strom im Log: Was hineingeschrieben wird, bleibt, und andere Topologien können es lesen.</translation>
    </message>
    <message>
        <source>Sinks</source>
        <translation>Senken</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Topics</translation>
    </message>
</context>
<context>
    <name>PointerHelp</name>
    <message>
        <source>A double click takes the bend away.</source>
        <translation>Ein Doppelklick entfernt den Knick.</translation>
    </message>
    <message>
        <source>Drag for another wire, with Alt to take this one off.</source>
        <translation>Ziehen für eine weitere Verbindung, mit Alt, um diese zu lösen.</translation>
    </message>
    <message>
        <source>Drag to bend the wire.</source>
        <translation>Ziehen, um die Verbindung zu knicken.</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Recover unsaved work</source>
        <translation>Ungespeicherte Arbeit wiederherstellen</translation>
    </message>
    <message numerus="yes">
        <source>The designer ended before this was saved. %n change(s) listed below.</source>
        <translation>
            <numerusform>Der Designer endete vor dem Speichern. %n Änderung steht unten.</numerusform>
            <numerusform>Der Designer endete vor dem Speichern. %n Änderungen stehen unten.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is unsaved work on %1 that cannot be read. %2</source>
        <translation>Ungespeicherte Arbeit an %1 ist nicht lesbar. %2</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Throw away recovered work</source>
        <translation>Wiederhergestellte Arbeit verwerfen</translation>
    </message>
    <message>
        <source>a topology without a name</source>
        <translation>einer Topologie ohne Namen</translation>
    </message>
</context>
<context>
    <name>SelectionWords</name>
    <message>
        <source>%1 nodes</source>
        <translation>%1 Knoten</translation>
    </message>
    <message>
        <source>%1 parts</source>
        <translation>%1 Teile</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 ausgewählt</translation>
    </message>
    <message>
        <source>%1 topics</source>
        <translation>%1 Topics</translation>
    </message>
    <message>
        <source>1 node</source>
        <translation>1 Knoten</translation>
    </message>
    <message>
        <source>1 part</source>
        <translation>1 Teil</translation>
    </message>
    <message>
        <source>1 topic</source>
        <translation>1 Topic</translation>
    </message>
    <message>
        <source>All are %1 · %2</source>
        <translation>Alle sind %1 · %2</translation>
    </message>
    <message>
        <source>All use %1</source>
        <translation>Alle nutzen %1</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Double-click it on the canvas to write.</source>
        <translation>Zum Schreiben auf der Zeichenfläche doppelklicken.</translation>
    </message>
    <message>
        <source>Select one to see its settings.</source>
        <translation>Einen auswählen, um seine Einstellungen zu sehen.</translation>
    </message>
    <message>
        <source>Topology</source>
        <translation>Topologie</translation>
    </message>
    <message>
        <source>Wire</source>
        <translation>Verbindung</translation>
    </message>
</context>
<context>
    <name>WireGesture</name>
    <message>
        <source>Let go here to see what helps.</source>
        <translation>Hier loslassen, um zu sehen, was hilft.</translation>
    </message>
    <message>
        <source>Let go here to take the wire away.</source>
        <translation>Hier loslassen, um die Verbindung zu entfernen.</translation>
    </message>
</context>
<context>
    <name>Wiring</name>
    <message>
        <source>A node cannot be connected with itself.</source>
        <translation>Ein Knoten kann nicht mit sich selbst verbunden werden.</translation>
    </message>
    <message>
        <source>Both are inputs.</source>
        <translation>Beides sind Eingänge.</translation>
    </message>
    <message>
        <source>Both are outputs.</source>
        <translation>Beides sind Ausgänge.</translation>
    </message>
    <message>
        <source>That would be a circle: time could not move on in it.</source>
        <translation>Das wäre ein Kreis: Darin käme die Zeit nicht voran.</translation>
    </message>
    <message>
        <source>They are connected already.</source>
        <translation>Sie sind schon verbunden.</translation>
    </message>
    <message>
        <source>This input takes streams only, not tables.</source>
        <translation>Dieser Eingang nimmt nur Ströme, keine Tabellen.</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>1 partition</source>
        <translation>1 Partition</translation>
    </message>
    <message>
        <source>and {} more</source>
        <translation>und {} weitere</translation>
    </message>
    <message>
        <source>choose the {}</source>
        <translation>{} wählen</translation>
    </message>
    <message>
        <source>kept for ever</source>
        <translation>für immer aufbewahrt</translation>
    </message>
    <message>
        <source>kept {}</source>
        <translation>{} aufbewahrt</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>plugin missing, settings kept</source>
        <translation>Plugin fehlt, alles bleibt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>{} partitions</source>
        <translation>{} Partitionen</translation>
    </message>
    <message>
        <source>{}, keyed by {}</source>
        <translation>{}, Schlüssel {}</translation>
    </message>
</context>
<context>
    <name>weir::designer::AboutCard</name>
    <message>
        <source>About Weir</source>
        <translation>Über Weir</translation>
    </message>
    <message>
        <source>Apache License 2.0. Fonts: Inter and JetBrains Mono, SIL Open Font License 1.1. Icons: Lucide, ISC License.</source>
        <translation>Apache License 2.0. Schriften: Inter und JetBrains Mono, SIL Open Font License 1.1. Symbole: Lucide, ISC License.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Draw a stream, check it, run it.</source>
        <translation>Ströme zeichnen, prüfen, ausführen.</translation>
    </message>
    <message>
        <source>Weir</source>
        <translation>Weir</translation>
    </message>
    <message>
        <source>Weir %1
Qt %2
%3</source>
        <translation>Weir %1
Qt %2
%3</translation>
    </message>
</context>
<context>
    <name>weir::designer::Autosave</name>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 ist nicht beschreibbar</translation>
    </message>
</context>
<context>
    <name>weir::designer::BusyNote</name>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>cancels</source>
        <comment>after a key</comment>
        <translation>bricht ab</translation>
    </message>
</context>
<context>
    <name>weir::designer::CanvasView</name>
    <message>
        <source>Canvas</source>
        <translation>Zeichenfläche</translation>
    </message>
</context>
<context>
    <name>weir::designer::CatalogService</name>
    <message>
        <source>The runner &apos;weir&apos; was not found. Install it, or say where it is.</source>
        <translation>Der Runner „weir“ fehlt: installieren oder seinen Ort angeben.</translation>
    </message>
    <message>
        <source>The runner could not be started: %1.</source>
        <translation>Der Runner konnte nicht gestartet werden: %1.</translation>
    </message>
    <message>
        <source>The runner did not list its plugins (exit code %1). %2</source>
        <translation>Der Runner hat seine Plugins nicht aufgezählt (Exit-Code %1). %2</translation>
    </message>
</context>
<context>
    <name>weir::designer::ChangesModel</name>
    <message numerus="yes">
        <source>%n part(s) moved</source>
        <translation>
            <numerusform>%n Teil verschoben</numerusform>
            <numerusform>%n Teile verschoben</numerusform>
        </translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Topic</translation>
    </message>
    <message>
        <source>Wire</source>
        <translation>Verbindung</translation>
    </message>
</context>
<context>
    <name>weir::designer::ChangesPanel</name>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Nothing changed since saving.</source>
        <translation>Seit dem Speichern nichts geändert.</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
</context>
<context>
    <name>weir::designer::ComboField</name>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Choose a column</source>
        <translation>Spalte wählen</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>Nicht gesetzt</translation>
    </message>
</context>
<context>
    <name>weir::designer::CommandField</name>
    <message>
        <source>Search or run a command</source>
        <translation>Befehl suchen oder ausführen</translation>
    </message>
</context>
<context>
    <name>weir::designer::CommandList</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Nothing has this name</source>
        <translation>Nichts heißt so</translation>
    </message>
</context>
<context>
    <name>weir::designer::ConnectList</name>
    <message>
        <source>Connect %1 with…</source>
        <translation>%1 verbinden mit…</translation>
    </message>
    <message>
        <source>other columns</source>
        <translation>andere Spalten</translation>
    </message>
</context>
<context>
    <name>weir::designer::DataFiles</name>
    <message numerus="yes">
        <source>%1 (And %n other file(s).)</source>
        <translation>
            <numerusform>%1 (Und %n weitere Datei.)</numerusform>
            <numerusform>%1 (Und %n weitere Dateien.)</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has other columns than the source says.</source>
        <translation>%1 hat andere Spalten, als die Quelle angibt.</translation>
    </message>
    <message numerus="yes">
        <source>Add %n source(s)</source>
        <translation>
            <numerusform>%n Quelle hinzufügen</numerusform>
            <numerusform>%n Quellen hinzufügen</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose data files</source>
        <translation>Datendateien wählen</translation>
    </message>
    <message>
        <source>Rows of JSON (*.ndjson *.jsonl *.json);;All files (*)</source>
        <translation>Zeilen aus JSON (*.ndjson *.jsonl *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Take %1 (at most %2)</source>
        <translation>%1 nehmen (höchstens %2)</translation>
    </message>
    <message>
        <source>Take its columns</source>
        <translation>Spalten übernehmen</translation>
    </message>
    <message>
        <source>The event time is %1, at most %2 out of order.</source>
        <translation>Die Ereigniszeit ist %1, höchstens %2 ungeordnet.</translation>
    </message>
    <message>
        <source>its columns are not known, because there is no runner that could look.</source>
        <translation>Die Spalten sind unbekannt, weil kein Runner da ist, der nachsehen könnte.</translation>
    </message>
</context>
<context>
    <name>weir::designer::DocsWindow</name>
    <message>
        <source>%1 is not installed here.</source>
        <translation>%1 ist hier nicht installiert.</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>The document</source>
        <translation>Das Dokument</translation>
    </message>
    <message>
        <source>Weir documentation</source>
        <translation>Weir-Dokumentation</translation>
    </message>
</context>
<context>
    <name>weir::designer::DocumentArea</name>
    <message>
        <source>%1, not saved</source>
        <translation>%1, nicht gespeichert</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
</context>
<context>
    <name>weir::designer::DocumentCommands</name>
    <message>
        <source>Align</source>
        <translation>Ausrichten</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Distribute</source>
        <translation>Verteilen</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppieren</translation>
    </message>
</context>
<context>
    <name>weir::designer::EmptyState</name>
    <message>
        <source>A .weir file on this computer</source>
        <translation>Eine .weir-Datei auf diesem Rechner</translation>
    </message>
    <message>
        <source>Draw a stream, run it, watch it</source>
        <translation>Ströme zeichnen, ausführen, beobachten</translation>
    </message>
    <message>
        <source>Drop a data file</source>
        <translation>Datendatei ablegen</translation>
    </message>
    <message>
        <source>Everything runs on this computer until you say otherwise.</source>
        <translation>Alles läuft auf diesem Rechner, solange nichts anderes gesagt wird.</translation>
    </message>
    <message>
        <source>Open a topology</source>
        <translation>Topologie öffnen</translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation>Andere öffnen…</translation>
    </message>
    <message>
        <source>Open the orders example</source>
        <translation>Beispiel „Bestellungen“ öffnen</translation>
    </message>
    <message>
        <source>Or choose one: it fills a source</source>
        <translation>Oder eine wählen: Sie füllt eine Quelle</translation>
    </message>
    <message>
        <source>Orders per minute by region, live, offline</source>
        <translation>Bestellungen je Minute und Region, live, offline</translation>
    </message>
    <message>
        <source>Own</source>
        <comment>templates</comment>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>Zuletzt benutzte Dateien</translation>
    </message>
    <message>
        <source>Start from a template</source>
        <translation>Mit einer Vorlage beginnen</translation>
    </message>
    <message>
        <source>The flights example, or one to fill in</source>
        <translation>Das Flugbeispiel oder eine zum Ausfüllen</translation>
    </message>
    <message>
        <source>Ways to begin</source>
        <translation>Wege zu beginnen</translation>
    </message>
    <message>
        <source>or press</source>
        <comment>before a key</comment>
        <translation>oder</translation>
    </message>
    <message>
        <source>to add the first node</source>
        <comment>after a key</comment>
        <translation>drücken für den ersten Knoten</translation>
    </message>
</context>
<context>
    <name>weir::designer::ExpressionField</name>
    <message>
        <source>It gives %1; %2 is needed here.</source>
        <translation>Das ergibt %1; hier wird %2 gebraucht.</translation>
    </message>
    <message>
        <source>gives %1</source>
        <translation>ergibt %1</translation>
    </message>
    <message>
        <source>gives %1, perhaps null</source>
        <translation>ergibt %1, vielleicht null</translation>
    </message>
</context>
<context>
    <name>weir::designer::FieldBox</name>
    <message>
        <source>Required. %1</source>
        <translation>Erforderlich. %1</translation>
    </message>
</context>
<context>
    <name>weir::designer::FileInference</name>
    <message>
        <source>The runner could not be started: %1.</source>
        <translation>Der Runner konnte nicht gestartet werden: %1.</translation>
    </message>
    <message>
        <source>The runner could not look into it.</source>
        <translation>Der Runner konnte nicht hineinsehen.</translation>
    </message>
</context>
<context>
    <name>weir::designer::FindBar</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n gefunden</numerusform>
            <numerusform>%n gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replaced</source>
        <translation>
            <numerusform>%n ersetzt</numerusform>
            <numerusform>%n ersetzt</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>E&amp;rsetzen</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Find: a name, is:error, uses:window, kind:source, field:region</source>
        <translation>Suchen: ein Name, is:error, uses:window, kind:source, field:region</translation>
    </message>
    <message>
        <source>In everything that is found: names, remarks and settings, but no ids</source>
        <translation>In allem, was gefunden wurde: Namen, Bemerkungen und Einstellungen, aber keine Kennungen</translation>
    </message>
    <message>
        <source>In this one, and on to the next (Enter)</source>
        <translation>In diesem, und weiter zum nächsten (Eingabe)</translation>
    </message>
    <message>
        <source>Next (Enter)</source>
        <translation>Nächstes (Eingabe)</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Previous (Shift+Enter)</source>
        <translation>Vorheriges (Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Replace &amp;all</source>
        <translation>A&amp;lle ersetzen</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>Ersetzen durch</translation>
    </message>
</context>
<context>
    <name>weir::designer::InlineEditor</name>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>weir::designer::InspectorHead</name>
    <message>
        <source>Id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The id, which wires and other programs name</source>
        <translation>Die Kennung, unter der ihn Verbindungen und andere Programme kennen</translation>
    </message>
</context>
<context>
    <name>weir::designer::InspectorPanel</name>
    <message>
        <source>A change goes to all of them.</source>
        <translation>Eine Änderung gilt für alle.</translation>
    </message>
    <message>
        <source>Docs</source>
        <translation>Doku</translation>
    </message>
    <message>
        <source>It has no settings of its own.</source>
        <translation>Es gibt keine eigenen Einstellungen.</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Weitere Einstellungen</translation>
    </message>
    <message>
        <source>Nothing open</source>
        <translation>Nichts geöffnet</translation>
    </message>
    <message>
        <source>Properties</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>They have no settings in common.</source>
        <translation>Gemeinsame Einstellungen haben sie nicht.</translation>
    </message>
</context>
<context>
    <name>weir::designer::KeyboardNavigation</name>
    <message numerus="yes">
        <source>Move %n part(s)</source>
        <translation>
            <numerusform>%n Teil verschieben</numerusform>
            <numerusform>%n Teile verschieben</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weir::designer::LineField</name>
    <message>
        <source>A secret never stands in the file. Refer to it: ${env:NAME} or ${file:path}.</source>
        <translation>Ein Geheimnis steht nie in der Datei. Der Verweis darauf: ${env:NAME} oder ${file:path}.</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
</context>
<context>
    <name>weir::designer::ListField</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>weir::designer::ListItem</name>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>weir::designer::ListPopup</name>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Nothing fits.</source>
        <translation>Nichts passt.</translation>
    </message>
</context>
<context>
    <name>weir::designer::MainWindow</name>
    <message>
        <source>%1[*] – Weir</source>
        <comment>a document</comment>
        <translation>%1[*] – Weir</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Open topologies</source>
        <translation>Topologien öffnen</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Topologies (*.weir);;All files (*)</source>
        <translation>Topologien (*.weir);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Weir</source>
        <translation>Weir</translation>
    </message>
</context>
<context>
    <name>weir::designer::Menus</name>
    <message>
        <source>&amp;Clear this list</source>
        <translation>Diese &amp;Liste leeren</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
</context>
<context>
    <name>weir::designer::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>weir::designer::Minimap</name>
    <message>
        <source>Minimap</source>
        <translation>Minikarte</translation>
    </message>
</context>
<context>
    <name>weir::designer::OpenTopology</name>
    <message>
        <source>Lay out</source>
        <translation>Anordnen</translation>
    </message>
</context>
<context>
    <name>weir::designer::OperatorList</name>
    <message>
        <source>Add: file, filter, window…</source>
        <translation>Hinzufügen: file, filter, window…</translation>
    </message>
    <message>
        <source>After %1: where amount &gt; 100</source>
        <translation>Nach %1: where amount &gt; 100</translation>
    </message>
    <message>
        <source>What comes here? where amount &gt; 100</source>
        <translation>Was kommt hierhin? where amount &gt; 100</translation>
    </message>
</context>
<context>
    <name>weir::designer::OutlinePanel</name>
    <message>
        <source>Outline</source>
        <translation>Gliederung</translation>
    </message>
</context>
<context>
    <name>weir::designer::OutsideChange</name>
    <message>
        <source>Before</source>
        <translation>Vorher</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf der Platte</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Dort</translation>
    </message>
</context>
<context>
    <name>weir::designer::OwnTemplates</name>
    <message>
        <source>%1 cannot be deleted.</source>
        <translation>%1 lässt sich nicht löschen.</translation>
    </message>
    <message>
        <source>%1 cannot be given another name.</source>
        <translation>%1 lässt sich nicht umbenennen.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
    <message>
        <source>A template needs a name.</source>
        <translation>Eine Vorlage braucht einen Namen.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>Der Ordner %1 lässt sich nicht anlegen.</translation>
    </message>
    <message>
        <source>The name is that of a file, too: no slashes, no dot at its beginning, not too long.</source>
        <translation>So heißt auch die Datei: ohne Schrägstriche, ohne Punkt am Anfang, nicht zu lang.</translation>
    </message>
    <message>
        <source>There is a template of that name.</source>
        <translation>Eine Vorlage dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>There is no folder for templates.</source>
        <translation>Es gibt keinen Ordner für Vorlagen.</translation>
    </message>
</context>
<context>
    <name>weir::designer::PaletteModel</name>
    <message>
        <source>Own templates</source>
        <translation>Eigene Vorlagen</translation>
    </message>
    <message>
        <source>Recently used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
</context>
<context>
    <name>weir::designer::PalettePanel</name>
    <message>
        <source>Delete template…</source>
        <translation>Vorlage löschen…</translation>
    </message>
    <message>
        <source>Operators</source>
        <translation>Operatoren</translation>
    </message>
    <message>
        <source>Rename template…</source>
        <translation>Vorlage umbenennen…</translation>
    </message>
    <message>
        <source>Search operators</source>
        <translation>Operatoren suchen</translation>
    </message>
</context>
<context>
    <name>weir::designer::PaletteView</name>
    <message>
        <source>Nothing fits. Other words for it, such as those of SQL or Kafka Streams, may find it.</source>
        <translation>Nichts passt. Andere Wörter dafür, etwa die aus SQL oder Kafka Streams, finden es vielleicht.</translation>
    </message>
</context>
<context>
    <name>weir::designer::Parts</name>
    <message>
        <source>Insert a part</source>
        <translation>Baustein einfügen</translation>
    </message>
    <message>
        <source>Save group as a part</source>
        <translation>Gruppe als Baustein speichern</translation>
    </message>
    <message>
        <source>Topologies (*.weir)</source>
        <translation>Topologien (*.weir)</translation>
    </message>
    <message>
        <source>it has no ports. Save a group as a part, or say in the file which of its ends are open.</source>
        <translation>keine Ports. Eine Gruppe als Baustein speichern, oder in der Datei sagen, welche Enden offen sind.</translation>
    </message>
    <message>
        <source>no wire crosses the frame of the group: a part has open ends.</source>
        <translation>Keine Verbindung kreuzt den Rahmen der Gruppe: Ein Baustein hat offene Enden.</translation>
    </message>
    <message>
        <source>this is the topology itself. Choose another name.</source>
        <translation>Das ist die Topologie selbst. Einen anderen Namen wählen.</translation>
    </message>
</context>
<context>
    <name>weir::designer::ProblemsModel</name>
    <message>
        <source>Fix</source>
        <translation>Korrektur</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
</context>
<context>
    <name>weir::designer::ProblemsPanel</name>
    <message>
        <source>No problems.</source>
        <translation>Keine Probleme.</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>weir::designer::SchemaField</name>
    <message>
        <source>Add a column</source>
        <translation>Spalte hinzufügen</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Remove the column</source>
        <translation>Spalte entfernen</translation>
    </message>
</context>
<context>
    <name>weir::designer::SchemaModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Null</source>
        <translation>Null</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Whether a value may be missing</source>
        <translation>Ob ein Wert fehlen darf</translation>
    </message>
    <message>
        <source>may be null</source>
        <translation>darf null sein</translation>
    </message>
    <message>
        <source>never null</source>
        <translation>nie null</translation>
    </message>
</context>
<context>
    <name>weir::designer::SchemaView</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 or null</source>
        <translation>%1 oder null</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>In: %1</source>
        <translation>Ein: %1</translation>
    </message>
    <message>
        <source>No columns.</source>
        <translation>Keine Spalten.</translation>
    </message>
    <message>
        <source>Not checked yet.</source>
        <translation>Noch nicht geprüft.</translation>
    </message>
    <message>
        <source>Not known yet.</source>
        <translation>Noch nicht bekannt.</translation>
    </message>
    <message>
        <source>Not known yet: its plugin is asked.</source>
        <translation>Noch nicht bekannt: Das Plugin wird gefragt.</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Out: %1</source>
        <translation>Aus: %1</translation>
    </message>
    <message>
        <source>Which column says when it happened?</source>
        <translation>Welche Spalte sagt, wann es geschah?</translation>
    </message>
</context>
<context>
    <name>weir::designer::SearchField</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>weir::designer::SettingsDialog</name>
    <message>
        <source>&amp;Browse…</source>
        <translation>D&amp;urchsuchen…</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Place of weir, which checks and runs topologies</source>
        <translation>&amp;Ort von weir, das Topologien prüft und ausführt</translation>
    </message>
    <message>
        <source>&amp;Reduce motion</source>
        <translation>&amp;Weniger Bewegung</translation>
    </message>
    <message>
        <source>As the s&amp;ystem</source>
        <translation>Wie das S&amp;ystem</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Choose weir</source>
        <translation>weir wählen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Empty: beside the designer, then on PATH.</source>
        <translation>Leer: neben dem Designer, dann im PATH.</translation>
    </message>
    <message>
        <source>Holds from the next start on.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>Nothing slides or fades; what moves is simply there.</source>
        <translation>Nichts gleitet oder blendet; was sich bewegt, ist einfach da.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>There is no program at this place.</source>
        <translation>An diesem Ort ist kein Programm.</translation>
    </message>
</context>
<context>
    <name>weir::designer::ShortcutsList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
</context>
<context>
    <name>weir::designer::StatusBar</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 to fill in</source>
        <translation>%1 auszufüllen</translation>
    </message>
    <message numerus="yes">
        <source>%n errors</source>
        <translation>
            <numerusform>%n Fehler</numerusform>
            <numerusform>%n Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warnings</source>
        <translation>
            <numerusform>%n Warnung</numerusform>
            <numerusform>%n Warnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>1 error</source>
        <translation>1 Fehler</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 Warnung</translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>Keine Probleme</translation>
    </message>
    <message>
        <source>Show the problems</source>
        <translation>Die Probleme zeigen</translation>
    </message>
</context>
<context>
    <name>weir::designer::TabCloseButton</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>weir::designer::TemplateDialog</name>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>weir::designer::TemplateWork</name>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 lässt sich nicht lesen.</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message>
        <source>Add template “%1”</source>
        <translation>Vorlage „%1“ einfügen</translation>
    </message>
    <message>
        <source>Add “%1”</source>
        <translation>„%1“ einfügen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete template</source>
        <translation>Vorlage löschen</translation>
    </message>
    <message>
        <source>Delete the template “%1”?</source>
        <translation>Die Vorlage „%1“ löschen?</translation>
    </message>
    <message>
        <source>Its file is gone then. What was made of it stays.</source>
        <translation>Die Datei ist dann fort. Was daraus entstand, bleibt.</translation>
    </message>
    <message>
        <source>Of all that is drawn: %1.</source>
        <translation>Aus allem, was gezeichnet ist: %1.</translation>
    </message>
    <message>
        <source>Of what is selected: %1.</source>
        <translation>Aus dem, was ausgewählt ist: %1.</translation>
    </message>
    <message>
        <source>Rename template</source>
        <translation>Vorlage umbenennen</translation>
    </message>
    <message>
        <source>Save as template</source>
        <translation>Als Vorlage speichern</translation>
    </message>
    <message>
        <source>There is nothing to make a template of.</source>
        <translation>Es ist nichts da, woraus eine Vorlage werden könnte.</translation>
    </message>
</context>
<context>
    <name>weir::designer::TextPanel</name>
    <message>
        <source>Edit the text</source>
        <translation>Text bearbeiten</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>Text of the topology</source>
        <translation>Text der Topologie</translation>
    </message>
</context>
<context>
    <name>weir::designer::ToolBar</name>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
</context>
<context>
    <name>weir::designer::TopologyFile</name>
    <message>
        <source>Name it %1</source>
        <translation>%1 nennen</translation>
    </message>
    <message>
        <source>Take what is on disk</source>
        <translation>Fassung der Platte nehmen</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Unbenannt</translation>
    </message>
</context>
<context>
    <name>weir::designer::TopologyPage</name>
    <message>
        <source>%1 is open already. Close it, or choose another name.</source>
        <translation>%1 ist schon geöffnet. Schließen oder einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>A crash would lose what is not saved, for it cannot be kept: %1.</source>
        <translation>Bei einem Absturz ginge Ungespeichertes verloren, weil es nicht aufgehoben werden kann: %1.</translation>
    </message>
    <message>
        <source>Another program has changed this file. It is shown as it is on disk now.</source>
        <translation>Ein anderes Programm hat die Datei geändert. Gezeigt wird der Stand auf der Platte.</translation>
    </message>
    <message>
        <source>Another program has changed this file. Not taken. %1</source>
        <translation>Ein anderes Programm hat die Datei geändert. Nicht übernommen. %1</translation>
    </message>
    <message>
        <source>Another program has changed this file: compare below.</source>
        <translation>Ein anderes Programm hat die Datei geändert: unten vergleichen.</translation>
    </message>
    <message>
        <source>Another program has changed this file: take theirs or keep mine first.</source>
        <translation>Ein anderes Programm hat die Datei geändert: zuerst deren Fassung nehmen oder die eigene behalten.</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Eigene behalten</translation>
    </message>
    <message>
        <source>Laying out…</source>
        <translation>Wird angeordnet…</translation>
    </message>
    <message>
        <source>Not saved. %1</source>
        <translation>Nicht gespeichert. %1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Save topology</source>
        <translation>Topologie speichern</translation>
    </message>
    <message>
        <source>Show changes</source>
        <translation>Änderungen zeigen</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Deren Fassung nehmen</translation>
    </message>
    <message>
        <source>The file is gone from the disk. Saving writes it again.</source>
        <translation>Die Datei ist von der Platte verschwunden. Speichern schreibt sie neu.</translation>
    </message>
    <message numerus="yes">
        <source>This file is not in canonical form: saving it will touch %n line(s) beside your changes.</source>
        <translation>
            <numerusform>Diese Datei ist nicht in kanonischer Form: Speichern ändert %n weitere Zeile.</numerusform>
            <numerusform>Diese Datei ist nicht in kanonischer Form: Speichern ändert %n weitere Zeilen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Topologies (*.weir)</source>
        <translation>Topologien (*.weir)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>weir::designer::Workbench</name>
    <message>
        <source>%1 pictures (*.%2)</source>
        <translation>%1-Bilder (*.%2)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>&amp;Wiederholen: %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Not exported. %1</source>
        <translation>Nicht exportiert. %1</translation>
    </message>
    <message>
        <source>Not opened: %1</source>
        <translation>Nicht geöffnet: %1</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>On the canvas</source>
        <translation>Auf der Zeichenfläche</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Gliederung</translation>
    </message>
    <message>
        <source>Own</source>
        <comment>templates</comment>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>The topology is too large for such a picture.</source>
        <translation>Die Topologie ist zu groß für ein solches Bild.</translation>
    </message>
    <message>
        <source>What is not understood is lost on saving: %1</source>
        <translation>Was nicht verstanden wird, geht beim Speichern verloren: %1</translation>
    </message>
    <message>
        <source>Where is weir?</source>
        <translation>Wo ist weir?</translation>
    </message>
</context>
<context>
    <name>weir::designer::ZoomPill</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom to 100 %</source>
        <translation>Auf 100 % zoomen</translation>
    </message>
</context>
</TS>
