package hello

data class Coffee(val name: String, val millilitres: Int)

/** Says hello from Kotlin and lets its library sort, group and add a little. */
fun main(args: Array<String>) {
    println("Hello from Kotlin, ${args.firstOrNull() ?: "world"}!")
    val coffees = listOf(Coffee("Lungo", 60), Coffee("Ristretto", 20)) + Coffee("Espresso", 30)
    coffees.sortedBy(Coffee::millilitres).forEach { (name, millilitres) -> println("$name: $millilitres ml") }
    println("The smallest is ${coffees.minByOrNull { it.millilitres }}, altogether ${coffees.sumOf { it.millilitres }} ml.")
}
